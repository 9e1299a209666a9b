import subprocess
import sys
from pathlib import Path

from gateway.envoy import messages_pb2


def test_it_is_what_the_proto_says(tmp_path: Path) -> None:
    """`make proto` writes it; whoever changes the one runs the other."""
    folder = Path(messages_pb2.__file__).parent
    words = [sys.executable, "-m", "grpc_tools.protoc", f"-I{folder}", f"--python_out={tmp_path}"]
    subprocess.run([*words, f"--pyi_out={tmp_path}", str(folder / "messages.proto")], check=True)
    for name in ("messages_pb2.py", "messages_pb2.pyi"):
        assert (tmp_path / name).read_text() == (folder / name).read_text()
