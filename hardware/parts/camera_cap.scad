// The cap over the camera's board behind the glass: nothing of the screen's light gets to the lens from behind.
// It is pushed over the board and taped; the ribbon leaves through the slot.
include <common.scad>

depth = 12;             // behind the board's front: board, connector and the bend of the ribbon
ribbon = 17;            // width of the slot

inside = [board[0] + 6 + 2 * play, board[1] + 6 + 2 * play];

difference() {
    rounded([inside[0] + 2 * wall, inside[1] + 2 * wall, depth + wall], 3);
    translate([0, 0, wall]) rounded([inside[0], inside[1], depth + 1], 2);
    translate([-ribbon / 2, -inside[1], depth + wall - 5]) cube([ribbon, inside[1], 6]);
}
