"""What the environment says: the only place that reads it."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """The variables of the contract; everything else is a company setting in the database."""

    model_config = SettingsConfigDict(extra="ignore")

    database_url: str | None = Field(default=None, alias="DATABASE_URL")
    home: Path = Field(default=Path("var"), alias="PARTSPLAN_HOME")
    slack_bot_token: SecretStr = Field(default=SecretStr(""), alias="SLACK_BOT_TOKEN")
    slack_signing_secret: SecretStr = Field(default=SecretStr(""), alias="SLACK_SIGNING_SECRET")
    slack_app_token: SecretStr = Field(default=SecretStr(""), alias="SLACK_APP_TOKEN")
    slack_api_url: str = Field(default="https://slack.com/api/", alias="SLACK_API_URL")
    port: int = Field(default=3000, alias="PORT", ge=0, le=65535)
    now: datetime | None = Field(default=None, alias="PARTSPLAN_NOW")
    log_level: str = Field(default="INFO", alias="LOG_LEVEL")
    web_workers: int = Field(default=2, alias="WEB_CONCURRENCY", ge=1, le=32)

    @field_validator("database_url", "now", mode="before")
    @classmethod
    def empty_is_unset(cls, value: object) -> object:
        """`DATABASE_URL=` in a shell means the same as not naming it."""
        return None if value == "" else value

    @field_validator("slack_api_url")
    @classmethod
    def with_slash(cls, value: str) -> str:
        """The SDK joins the method's name to it as it stands."""
        return value if value.endswith("/") else value + "/"

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is reached by a socket of ours instead of calling us."""
        return bool(self.slack_app_token.get_secret_value())


@lru_cache(maxsize=1)
def environment() -> Environment:
    """This process's environment, read once."""
    return Environment()
