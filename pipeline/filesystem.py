"""Where a path or a URI leads: a pyarrow filesystem, and the path in it."""

import re
from pathlib import Path
from urllib.parse import quote, urlsplit

from pyarrow import fs

#: What may stand in a URI as it is (RFC 3986); letters of all languages and spaces are encoded.
_IN_URIS = "%/:?@!$&'()*+,;=~"
_OUTAGE = "NETWORK_CONNECTION|UNAVAILABLE|SLOW_DOWN|TIMEOUT|INTERNAL_FAILURE|EXPIRED"
#: What google-cloud-cpp adds to its errors.
_DETAILS = re.compile(r"[.,]? error_info=.*")
#: What to do about an error of a store, by its text.
_ADVICE = {
    "NO_SUCH_BUCKET|[Bb]ucket .*not (found|exist)|\\(NOT_FOUND": (
        "There is no such bucket; none is created."
    ),
    "ACCESS_DENIED|ACCESS_KEY|SIGNATURE|TOKEN|CREDENTIAL|UNAUTHENTICATED|PERMISSION_DENIED": (
        "Check the credentials (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE or the "
        "machine's role; GOOGLE_APPLICATION_CREDENTIALS) and what they allow."
    ),
    _OUTAGE: (
        "Check the network and the endpoint (AWS_ENDPOINT_URL, or endpoint_override= in the URI)."
    ),
    "Unrecognized filesystem": (
        "Known are s3://, gs://, abfs://, hdfs:// and file://, and fsspec+NAME:// for fsspec's own."
    ),
}


class LocationError(OSError):
    """A URI that cannot be used; the message says why."""


def is_uri(location: str) -> bool:
    """Whether this is a URI, not a path of this machine."""
    return "://" in location


def locate(location: str) -> tuple[fs.FileSystem, str]:
    """The filesystem of a path or a URI, and the path in it.

    Small objects go to S3 in one request, so that a killed run leaves no begun uploads. Raises
    LocationError where the scheme is not known, the URI holds a password (it would come into logs
    and run.json), or the store does not answer.
    """
    if not is_uri(location):
        return fs.LocalFileSystem(), str(Path(location).resolve())
    parts = urlsplit(location, allow_fragments=False)
    if parts.password is not None:
        shown = f"{parts.scheme}://{parts.hostname}{parts.path}"
        raise LocationError(
            f"{shown}: no passwords in paths, they end up in logs. S3 takes credentials from "
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE or the machine's role."
        )
    uri = location if parts.scheme.startswith("fsspec+") else quote(location, safe=_IN_URIS)
    if parts.scheme == "s3" and "allow_delayed_open=" not in uri:
        uri += ("&" if parts.query else "?") + "allow_delayed_open=true"
    try:
        filesystem, path = fs.FileSystem.from_uri(uri)
    except (OSError, ValueError, ImportError) as error:
        raise LocationError(f"Cannot open {location}: {reason(error)}") from None
    return filesystem, path.rstrip("/")


def reason(error: Exception) -> str:
    """The first line of a store's error, and what can be done about it."""
    said = (error.strerror if isinstance(error, OSError) else None) or str(error)
    line = _DETAILS.sub("", (said.strip().splitlines() or [type(error).__name__])[0]).rstrip(".")
    advice = [text for pattern, text in _ADVICE.items() if re.search(pattern, line)]
    return " ".join([f"{line}.", *advice[:1]])


def is_outage(error: Exception) -> bool:
    """Whether a store does not answer, or no longer: nothing is wrong with what was asked for."""
    return isinstance(error, OSError) and bool(re.search(_OUTAGE, str(error)))
