"""Do the outputs of a build belong to the inputs and the version that its manifest names?"""

from kg.verify.checking import verify_build
from kg.verify.findings import Finding, Verification

__all__ = ["Finding", "Verification", "verify_build"]
