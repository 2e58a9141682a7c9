"""Every file of a folder, once each, however the folder is laid out."""

from maillage.common.files import files_under


def test_files_come_in_path_order(tmp_path):
    for name in ("b/2.csv", "a.csv", "b/1.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [p.relative_to(tmp_path).as_posix() for p in files_under(tmp_path)] == [
        "a.csv",
        "b/1.csv",
        "b/2.csv",
    ]


def test_a_linked_folder_is_entered(tmp_path):
    shelf, mirror = tmp_path / "shelf", tmp_path / "mirror"
    shelf.mkdir()
    mirror.mkdir()
    (shelf / "flux.csv").touch()
    (mirror / "flows").symlink_to(shelf)
    assert files_under(mirror) == [mirror / "flows" / "flux.csv"]


def test_a_link_to_above_ends(tmp_path):
    (tmp_path / "flux.csv").touch()
    (tmp_path / "again").symlink_to(tmp_path)
    assert files_under(tmp_path) == [tmp_path / "flux.csv"]


def test_a_broken_link_is_no_file(tmp_path):
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere.csv")
    assert files_under(tmp_path) == []
