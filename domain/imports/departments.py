"""The departments of a parts company; a company may rename them, the codes stay."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from domain.imports.tables import DEPARTMENTS
from domain.people.model import Department

NAMES: dict[str, tuple[str, str, str]] = {
    "sales": ("Sales", "業務部", "销售部"),
    "market": ("Marketing", "市場部", "市场部"),
    "purchasing": ("Purchasing", "採購部", "采购部"),
    "warehouse": ("Warehouse", "倉儲部", "仓储部"),
    "logistics": ("Logistics", "物流部", "物流部"),
    "finance": ("Finance", "財務部", "财务部"),
    "technical": ("Technical", "技術部", "技术部"),
    "hr": ("Human Resources", "人力資源部", "人力资源部"),
    "management": ("Management", "管理層", "管理层"),
    "support": ("Support", "客服部", "客服部"),
}


def seed_departments(session: Session) -> None:
    """Write the departments that are not there yet; names that a company has changed stay."""
    rows = [
        {"code": code, "name": en, "name_zh_hant": hant, "name_zh_hans": hans}
        for code, (en, hant, hans) in NAMES.items()
    ]
    assert NAMES.keys() == set(DEPARTMENTS)
    session.execute(insert(Department).values(rows).on_conflict_do_nothing())
