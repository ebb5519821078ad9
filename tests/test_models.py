"""The model's file: found, fetched and checked, from a real server on this machine that behaves badly."""

from __future__ import annotations

import hashlib
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest

from kiosk.commands import models
from kiosk.devices import model_file
from kiosk.devices.model_file import FOLDER, MARK, find_model, get_model, read_manifest
from kiosk.trouble import NoModel

MODEL = b"\x20\x00\x00\x00" + MARK + bytes(range(256)) * 800
Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A models folder whose manifest names MODEL and no address."""
    place = tmp_path / "models"
    place.mkdir()
    write_manifest(place)
    return place


def write_manifest(folder: Path, *addresses: str) -> None:
    manifest = msgspec.structs.replace(
        read_manifest(),
        file="m.tflite",
        bytes=len(MODEL),
        sha256=hashlib.sha256(MODEL).hexdigest(),
        addresses=addresses,
    )
    (folder / "manifest.json").write_bytes(msgspec.json.encode(manifest))


def whole(content: bytes) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)

    return answer


def cut_off(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", str(len(MODEL)))
    request.end_headers()
    request.wfile.write(MODEL[: len(MODEL) // 2])


def missing(request: BaseHTTPRequestHandler) -> None:
    request.send_error(404)


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    try:
        while True:
            request.wfile.write(MODEL)
    except OSError:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[..., list[str]]]:
    """Addresses on this machine that answer as told, in order."""
    hanging = threading.Event()
    answers: dict[str, Answer] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers[self.path](self)

        def log_message(self, *_: object) -> None: ...

    def stalling(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(MODEL)))
        request.end_headers()
        request.wfile.write(MODEL[:1000])
        hanging.wait(30)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def addresses(**wanted: Answer | str) -> list[str]:
        answers.update({f"/{name}": stalling if isinstance(answer, str) else answer for name, answer in wanted.items()})
        return [f"http://127.0.0.1:{server.server_port}/{name}" for name in wanted]

    yield addresses
    hanging.set()
    server.shutdown()
    server.server_close()


def left_behind(folder: Path) -> list[str]:
    return sorted(place.name for place in folder.iterdir() if place.name != "manifest.json")


def test_the_committed_manifest_names_the_real_model(shared: Path) -> None:
    manifest = read_manifest()
    assert not model_file.find_wrong(shared / "models" / manifest.file, manifest)
    assert manifest.licence == "Apache-2.0"
    assert all(address.startswith("https://") for address in manifest.addresses)


def test_a_manifest_with_an_unknown_key_is_refused(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"nmae": "m"}')
    with pytest.raises(NoModel, match=r"manifest\.json: Object contains unknown field `nmae`"):
        read_manifest(folder)


def test_a_missing_model_says_how_to_get_it(folder: Path) -> None:
    with pytest.raises(NoModel, match=r"m\.tflite is not here; `make models` gets it"):
        find_model(folder)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (MODEL[:-1], f"it has {len(MODEL) - 1} bytes, not {len(MODEL)}"),
        (MODEL[:4] + b"XML?" + MODEL[8:], "so it is not a TensorFlow Lite model"),
        (MODEL[:-1] + b"\x00", "its SHA-256 begins"),
    ],
)
def test_a_wrong_model_is_named_with_what_is_wrong(folder: Path, content: bytes, why: str) -> None:
    (folder / "m.tflite").write_bytes(content)
    with pytest.raises(NoModel) as refused:
        find_model(folder)
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_model_that_is_there_is_taken_without_asking_anybody(folder: Path) -> None:
    (folder / "m.tflite").write_bytes(MODEL)
    write_manifest(folder, "http://127.0.0.1:1/never-asked")
    assert get_model(None, folder) == (folder / "m.tflite", "already there")


def test_a_folder_is_preferred_to_the_network_and_any_name_will_do_there(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "4.tflite").write_bytes(MODEL)
    (stick / "3.tflite").write_bytes(b"another model")
    write_manifest(folder, "http://127.0.0.1:1/never-asked")
    place, origin = get_model(stick, folder)
    assert find_model(folder) == place
    assert origin == f"from {stick / '4.tflite'}"
    assert left_behind(folder) == ["m.tflite"]


def test_a_good_download_gets_its_name(folder: Path, serve: Callable[..., list[str]]) -> None:
    (address,) = serve(good=whole(MODEL))
    write_manifest(folder, address)
    assert get_model(None, folder) == (folder / "m.tflite", f"from {address}")
    assert find_model(folder).read_bytes() == MODEL
    assert left_behind(folder) == ["m.tflite"]


def test_the_next_address_is_tried_when_one_fails(folder: Path, serve: Callable[..., list[str]]) -> None:
    gone, good = serve(gone=missing, good=whole(MODEL))
    write_manifest(folder, gone, good)
    assert get_model(None, folder)[1] == f"from {good}"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (cut_off, f"it has {len(MODEL) // 2} bytes, not {len(MODEL)}"),
        (whole(b"<html>AccessDenied</html>" * 50), "it has 1250 bytes"),
        (whole(bytes(len(MODEL))), "so it is not a TensorFlow Lite model"),
        (whole(MODEL[:-1] + b"\x00"), "its SHA-256 begins"),
        (missing, "HTTP Error 404"),
        (endless, "bytes, not"),
        ("stalling", "timed out"),
    ],
)
def test_a_bad_download_leaves_nothing_and_says_what_each_address_gave(
    folder: Path, serve: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch, answer: Answer | str, why: str
) -> None:
    monkeypatch.setattr(model_file, "SILENCE", 0.5)
    (address,) = serve(bad=answer)
    write_manifest(folder, address, "http://127.0.0.1:1/nobody")
    with pytest.raises(NoModel) as refused:
        get_model(None, folder)
    assert f"{address} gave no model: " in str(refused.value)
    assert why in str(refused.value)
    assert "http://127.0.0.1:1/nobody gave no model: " in str(refused.value)
    assert "\n" not in str(refused.value)
    assert left_behind(folder) == []


def test_a_wrong_model_stays_when_nothing_better_can_be_had(folder: Path) -> None:
    (folder / "m.tflite").write_bytes(b"wrong")
    with pytest.raises(NoModel, match="it has 5 bytes"):
        get_model(None, folder)
    assert left_behind(folder) == ["m.tflite"]


def test_an_interrupted_download_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> Iterator[bytes]:
        yield MODEL[:100]
        raise KeyboardInterrupt

    write_manifest(folder, "http://127.0.0.1:1/interrupted")
    monkeypatch.setattr(model_file, "_download", interrupted)
    with pytest.raises(KeyboardInterrupt):
        get_model(None, folder)
    assert left_behind(folder) == []


def test_the_command_says_where_the_model_came_from(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "m.tflite").write_bytes(MODEL)
    monkeypatch.setattr(models, "get_model", lambda source: get_model(source, folder))
    monkeypatch.setenv("MODELS_FROM", str(stick))
    models.run(None)
    models.run(None)
    assert capsys.readouterr().out.splitlines() == [
        f"{folder / 'm.tflite'} (from {stick / 'm.tflite'})",
        f"{folder / 'm.tflite'} (already there)",
    ]


def test_the_model_itself_is_never_committed() -> None:
    listed = subprocess.run(["git", "ls-files", "*.tflite"], cwd=FOLDER.parent, capture_output=True, text=True)
    assert listed.stdout == ""
