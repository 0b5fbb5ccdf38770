"""The only reader of the environment. Every setting has a name, a default, a unit and a help text."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_data_dir() -> Path:
    return Path.home() / ".local" / "share" / "greenroom"


class Settings(BaseSettings):
    """Read from `GREENROOM_…` variables; the command line overrides some."""

    model_config = SettingsConfigDict(env_prefix="GREENROOM_", extra="ignore")

    data_dir: Path = Field(
        default_factory=_default_data_dir, description="Folder of the database and exports."
    )
    host: str = Field(default="127.0.0.1", description="Address the web server listens on.")
    port: int = Field(default=8020, ge=0, le=65535, description="Port; 0 takes a free one.")
    bank_file: Path | None = Field(
        default=None, description="Compiled bank to use instead of the bundled one."
    )
    judge_pool_size: int = Field(
        default=2, ge=1, le=64, description="Pre-forked sandbox children kept ready per profile."
    )
    judge_max_memory_mb: int = Field(
        default=1024, ge=64, description="Most memory one judged run may ask for, in MiB."
    )
    judge_queue: Path | None = Field(
        default=None,
        description="Folder shared with `greenroom worker`s, which then judge. None: judged in this process.",
    )
    model_url: str | None = Field(
        default=None, description="Base URL of a model endpoint. None: no network call is ever made."
    )
    model_api: str = Field(
        default="openai", pattern="^(openai|anthropic)$", description="Protocol spoken at model_url."
    )
    model_name: str = Field(default="", description="Model to ask for at model_url.")
    model_key: SecretStr | None = Field(default=None, description="Key sent to model_url.")
    model_timeout_ms: int = Field(default=20_000, ge=100, description="Deadline of one model call, in ms.")
    clock_speed: float = Field(
        default=1.0,
        gt=0,
        le=10_000,
        description="Mock clock: seconds per real second, for rehearsal.",
    )

    @property
    def database_file(self) -> Path:
        """The learner's one file."""
        return self.data_dir / "greenroom.db"
