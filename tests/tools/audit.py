"""The dependency audit of `make check`: pins, hashes, licences and known vulnerabilities.

Exits 1 on a finding. What cannot be asked (no vulnerability service within reach) is said, not hidden; with
`--strict`, for a release, that is a finding too.
"""

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
# Copyleft that would bind the product; LGPL and MPL libraries are used unchanged, as they allow.
REFUSED = re.compile(
    r"\b(A?GPL|AGPLv3|GPLv[23]|SSPL|BUSL)\b|General Public License|Server Side Public|Business Source",
    re.IGNORECASE,
)
# Ours, and what a virtual environment brings along.
UNPINNED = {"partsplan", "pip", "setuptools", "wheel"}
ALLOWED_ANYWAY = re.compile(r"\bLGPL|Lesser", re.IGNORECASE)


def pins() -> dict[str, list[str]]:
    """Pinned requirement -> its hashes."""
    found: dict[str, list[str]] = {}
    current = ""
    for line in LOCK.read_text().splitlines():
        if match := re.match(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==(\S+)", line):
            current = f"{match[1]}=={match[2]}"
            found[current] = []
        found.get(current, []).extend(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
    return found


def lock_findings() -> list[str]:
    """A pin without a hash, or any address in the lock."""
    findings = [f"{name}: no hash" for name, hashes in pins().items() if not hashes]
    if re.search(r"https?://|--(extra-)?index-url", LOCK.read_text()):
        findings.append("requirements.lock names an address")
    return findings


def licence_findings() -> list[str]:
    """Installed dependencies whose licence we may not depend on."""
    findings = []
    wanted = {pin.partition("==")[0].lower().replace("_", "-") for pin in pins()}
    for distribution in metadata.distributions():
        name = distribution.metadata["Name"].lower().replace("_", "-")
        if name not in wanted:
            continue
        said = " ".join(
            [
                distribution.metadata.get("License-Expression") or "",
                (distribution.metadata.get("License") or "")[:200],
                *(c for c in distribution.metadata.get_all("Classifier") or [] if c.startswith("License")),
            ]
        )
        if REFUSED.search(said) and not ALLOWED_ANYWAY.search(said):
            findings.append(f"{name}: licence {said.strip()[:80]}")
    return findings


def drift_findings() -> list[str]:
    """What is installed in another version than the one that was audited, or was never pinned."""
    findings = []
    pinned: dict[str, set[str]] = {}
    for pin in pins():
        name, _, version = pin.partition("==")
        pinned.setdefault(canonical(name), set()).add(version)
    for distribution in metadata.distributions():
        name = canonical(distribution.metadata["Name"])
        if name in UNPINNED:
            continue
        if name not in pinned:
            findings.append(f"{name} {distribution.version}: installed and not in requirements.lock")
        elif distribution.version not in pinned[name]:
            findings.append(f"{name} {distribution.version}: the lock has {', '.join(sorted(pinned[name]))}")
    return findings


def canonical(name: str) -> str:
    """As PEP 503 compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def vulnerabilities() -> tuple[list[str], int]:
    """Known vulnerabilities, and how many pins could not be asked about."""
    command = [
        sys.executable, "-m", "pip_audit", "-r", str(LOCK), "--require-hashes", "--disable-pip",
        "--progress-spinner", "off", "--format", "json", "--timeout", "10",
    ]  # fmt: skip
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
        report = json.loads(run.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return [], len(pins())
    found, unknown = [], 0
    for dependency in report["dependencies"]:
        unknown += "skip_reason" in dependency
        for vulnerability in dependency.get("vulns", []):
            fixed = ", ".join(vulnerability["fix_versions"]) or "none"
            found.append(
                f"{dependency['name']} {dependency['version']}: {vulnerability['id']}, fixed in {fixed}"
            )
    return found, unknown


def main() -> int:
    """Print the findings; 1 where there are any."""
    vulnerable, unknown = vulnerabilities()
    findings = [*lock_findings(), *drift_findings(), *licence_findings(), *vulnerable]
    if unknown and "--strict" in sys.argv[1:]:
        findings.append(f"{unknown} pins could not be asked about")
    for finding in findings:
        print(f"audit: {finding}")
    print(
        f"audit: {len(pins())} pins, {len(findings)} findings, {unknown} not asked (no service within reach)"
    )
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
