"""The tracking crop: where it looks, and that what it cuts out is what is there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.crop import BODY_MARGIN, TORSO_MARGIN, Crop, Cutter, crop_around, crop_bust, whole_frame
from kiosk.scoring.pose import LEFT_HIP, LEFT_SHOULDER, LEFT_WRIST, RIGHT_HIP, RIGHT_SHOULDER

SIZE = 192


def standing(x: float = 320.0, hip: float = 260.0, trunk: float = 60.0) -> np.ndarray:
    """Somebody upright: shoulders above the hips, all else between a head above and ankles below."""
    points = np.full((17, 2), (x, hip), np.float32)
    points[:5, 1] = hip - 1.5 * trunk
    points[[LEFT_SHOULDER, RIGHT_SHOULDER], 1] = hip - trunk
    points[13:15, 1] = hip + 0.8 * trunk
    points[15:17, 1] = hip + 1.6 * trunk
    return points


def seen(*but: int) -> np.ndarray:
    scores = np.full(17, 0.8, np.float32)
    scores[list(but)] = 0.05
    return scores


def test_the_whole_frame_is_padded_and_not_stretched() -> None:
    assert whole_frame(640, 480) == Crop(0, -80, 640)
    assert whole_frame(360, 640) == Crop(-140, 0, 640)


def test_a_standing_person_is_cropped_by_the_length_of_the_body() -> None:
    crop = crop_around(standing(), seen(), 640, 480)
    assert crop is not None
    assert crop.side == pytest.approx(2 * max(BODY_MARGIN * 96, TORSO_MARGIN * 60), rel=1e-5)
    assert (crop.left + crop.side / 2, crop.top + crop.side / 2) == pytest.approx((320, 260), rel=1e-5)


def test_a_guessed_hand_does_not_widen_the_crop() -> None:
    reaching = standing()
    reaching[LEFT_WRIST] = (20, 20)
    wide = crop_around(reaching, seen(), 640, 480)
    tight = crop_around(reaching, seen(LEFT_WRIST), 640, 480)
    assert wide is not None
    assert tight is not None
    assert tight.side < wide.side


@pytest.mark.parametrize("hidden", [(LEFT_HIP, RIGHT_HIP), (LEFT_SHOULDER, RIGHT_SHOULDER)])
def test_without_a_torso_nobody_can_say_where_to_look(hidden: tuple[int, int]) -> None:
    assert crop_around(standing(), seen(*hidden), 640, 480) is None


def test_one_shoulder_and_one_hip_are_a_torso() -> None:
    assert crop_around(standing(), seen(LEFT_SHOULDER, LEFT_HIP), 640, 480) is not None


def test_joints_all_in_one_spot_are_nobody() -> None:
    assert crop_around(np.full((17, 2), 100, np.float32), seen(), 640, 480) is None


def test_somebody_near_enough_to_fill_the_frame_is_not_made_smaller_than_the_frame_makes_them() -> None:
    crop = crop_around(standing(320, 240, trunk=230), seen(), 640, 480)
    assert crop == Crop(0, -80, 640)


@given(
    x=st.floats(0, 640),
    y=st.floats(0, 480),
    trunk=st.floats(10, 300),
    scale=st.sampled_from([0.5, 2.0]),
)
def test_a_larger_picture_of_the_same_scene_gives_the_same_crop(x: float, y: float, trunk: float, scale: float) -> None:
    crop = crop_around(standing(x, y, trunk), seen(), 640, 480)
    scaled = crop_around(standing(x, y, trunk) * scale, seen(), int(640 * scale), int(480 * scale))
    assert crop is not None
    assert scaled is not None
    assert scaled.side == pytest.approx(crop.side * scale, rel=1e-3)
    assert scaled.left == pytest.approx(crop.left * scale, rel=1e-3, abs=0.1)


def ramps(width: int, height: int) -> np.ndarray:
    """A picture whose red says how far right a pixel is and whose green how far down, 0 to 255."""
    image = np.zeros((height, width, 3), np.uint8)
    image[..., 0] = np.round(np.linspace(0, 255, width))
    image[..., 1] = np.round(np.linspace(0, 255, height))[:, None]
    return image


@given(
    left=st.floats(-200, 500),
    top=st.floats(-200, 400),
    side=st.floats(40, 900),
    size=st.sampled_from([(640, 480), (360, 640)]),
)
def test_every_pixel_cut_out_is_the_one_that_lies_there(
    left: float, top: float, side: float, size: tuple[int, int]
) -> None:
    width, height = size
    out = Cutter(SIZE).cut(ramps(width, height), Crop(left, top, side))
    across = (np.arange(SIZE) + 0.5) * side / SIZE + left - 0.5  # where each output lies, in pixels of the picture
    down = (np.arange(SIZE) + 0.5) * side / SIZE + top - 0.5
    columns = (across >= -0.5) & (across < width - 0.5)
    rows = (down >= -0.5) & (down < height - 0.5)
    inside = np.outer(rows, columns)
    assert not out[~inside].any(), "black outside the frame"
    red = np.broadcast_to(across.clip(0, width - 1) * 255 / (width - 1), inside.shape)
    green = np.broadcast_to((down.clip(0, height - 1) * 255 / (height - 1))[:, None], inside.shape)
    assert np.abs(out[..., 0] - red)[inside].max(initial=0) <= 2
    assert np.abs(out[..., 1] - green)[inside].max(initial=0) <= 2


def test_a_plain_picture_stays_exactly_as_bright_as_it_is() -> None:
    for value in (0, 1, 127, 254, 255):
        out = Cutter(SIZE).cut(np.full((480, 640, 3), value, np.uint8), Crop(17.3, 40.9, 311.7))
        assert (out == value).all()


def test_one_cutter_serves_frames_of_any_size_and_forgets_the_last() -> None:
    cutter = Cutter(SIZE)
    for width, height in ((640, 480), (360, 640), (1280, 720), (64, 64)):
        image = np.full((height, width, 3), 200, np.uint8)
        assert (cutter.cut(image, Crop(0, 0, min(width, height))) == 200).all()
    assert not cutter.cut(image, Crop(500, 500, 100)).any()


def test_a_view_into_a_larger_picture_is_cut_like_a_copy() -> None:
    larger = np.random.default_rng(1).integers(0, 256, (500, 700, 3), np.uint8)
    view = larger[10:490, 30:670]
    crop = Crop(33.0, 21.0, 400.0)
    assert (Cutter(SIZE).cut(view, crop) == Cutter(SIZE).cut(view.copy(), crop)).all()


def bust(width: float = 100.0, x: float = 180.0, y: float = 300.0) -> np.ndarray:
    points = np.zeros((17, 2), np.float32)
    points[LEFT_SHOULDER], points[RIGHT_SHOULDER] = (x + width / 2, y), (x - width / 2, y)
    return points


def test_head_and_shoulders_are_cropped_by_the_shoulders_alone() -> None:
    crop = crop_bust(bust(), seen(LEFT_HIP, RIGHT_HIP), None)
    assert crop is not None
    assert (crop.side, crop.left + crop.side / 2, crop.top + crop.side / 2) == pytest.approx((400, 180, 330))
    assert crop_bust(bust(), seen(LEFT_SHOULDER), None) is None
    assert crop_bust(bust(width=1), seen(), None) is None


def test_the_bust_crop_keeps_its_size_while_a_lean_lets_the_shoulders_grow_and_follows_slowly() -> None:
    first = crop_bust(bust(), seen(), None)
    assert first is not None
    leant = crop_bust(bust(width=124, y=340), seen(), first)
    assert leant is not None
    assert leant.side == first.side
    assert 0 < leant.top - first.top < 6
    nearer = crop_bust(bust(width=150), seen(), first)
    assert nearer is not None
    assert first.side < nearer.side < 3.2 * 150
