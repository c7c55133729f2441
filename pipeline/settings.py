"""The ``[read]``, ``[run]`` and ``[write]`` sections of a config, checked before a run starts."""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    ValidationError,
)


class SettingsError(ValueError):
    """A setting of the config is unknown or has an impossible value; the message says which."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fields(_Section):
    """Names of the input's columns (jsonl, csv, parquet)."""

    id: str = "id"
    text: str = "text"
    title: str = "title"
    date: str = "date"
    source: str = "source"
    url: str = "url"


class ReadSettings(_Section):
    """``[read]``: limits are in characters of an article and bytes of a file or line."""

    max_chars: PositiveInt = 1_000_000
    max_bytes: PositiveInt = 64_000_000
    fields: Fields = Fields()


class RunSettings(_Section):
    """``[run]``: how the batch is cut, distributed and guarded."""

    engine: Literal["local", "ray"] = "local"
    workers: NonNegativeInt = 0  # 0: one a core
    shard_articles: PositiveInt = 50
    shard_chars: PositiveInt = 60_000
    batch_size: PositiveInt = 64
    timeout_seconds: PositiveFloat = 120  # an article's limit, plus its characters' share
    chars_per_second: PositiveFloat = 100  # slower than this counts as hanging
    memory_gb: NonNegativeFloat = 6  # of a worker; 0: no limit
    jobs_per_worker: NonNegativeInt = 50  # then a fresh one takes its place; 0: never
    duplicates: Literal["link", "skip", "off"] = "link"
    near_duplicate_similarity: Annotated[float, Field(gt=0, le=1)] = 0.8
    cache: str | None = ".cache/annotations"  # a folder; None: every run annotates anew
    ray_address: str | None = None  # None: a local cluster of this machine


class WriteSettings(_Section):
    """``[write]``: how the published Parquet files are cut; whether documents hold timings."""

    rows_per_file: PositiveInt = 250_000
    timings: bool = True


class Settings(_Section):
    """The sections of a config that reading, running and writing use."""

    read: ReadSettings = ReadSettings()
    run: RunSettings = RunSettings()
    write: WriteSettings = WriteSettings()

    @classmethod
    def of(cls, config: dict[str, Any]) -> "Settings":
        """The sections of a spaCy config (missing ones get their defaults).

        Raises SettingsError, naming the setting, where one is unknown or impossible.
        """
        sections = {name: config[name] for name in cls.model_fields if name in config}
        try:
            return cls.model_validate(sections)
        except ValidationError as error:
            problems = [
                f"[{'.'.join(map(str, e['loc'][:-1]))}] {e['loc'][-1]}: {e['msg']}"
                for e in error.errors()
            ]
            raise SettingsError("Wrong settings: " + "; ".join(problems)) from None
