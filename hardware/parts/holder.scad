// A bracket for a camera that is not behind glass: below the mirror, or above it.  The board is turned for portrait.
// Printed standing on its back, as it lies here: the side that is screwed to the wall is down.
include <common.scad>

module_name = "3";
portrait = true;
pitch = 0;              // degrees that the camera looks down
out = 14;               // of the wall: room for the connector and the ribbon's bend behind the board
foot = [56, 30];        // what is screwed to the wall

stand = [board[0] + 8, board[1] + 8];

module face(h) {
    translate([0, 0, out]) rotate([-pitch, 0, 0]) as_mounted(portrait) translate([0, board[1] / 2 - board_below, 0]) rounded([stand[0], stand[1], h], 2);
}

difference() {
    union() {
        translate([0, board[1] / 2 - board_below, 0]) rounded([max(foot[0], stand[0] + 24), foot[1], 4]);
        // two cheeks carry the face and leave the ribbon its way between them
        intersection() {
            hull() { face(4); linear_extrude(0.01) projection() face(4); }
            union() for (side = [-1, 1])
                as_mounted(portrait) translate([side * (stand[0] / 2 - wall / 2), 0, 0]) cube([wall, 200, 200], center = true);
        }
        face(4);
    }
    translate([0, 0, out]) rotate([-pitch, 0, 0]) as_mounted(portrait) {
        translate([-9, -9, -1]) cube([18, 24, 10]);
        for (at = board_holes) translate([at[0], at[1], -1]) cylinder(d = m2_thread, h = 10);
    }
    for (x = [-1, 1]) translate([x * (max(foot[0], stand[0] + 24) / 2 - 6), board[1] / 2 - board_below, -1]) {
        cylinder(d = m3 + 0.8, h = 10);
        translate([0, 0, 3]) cylinder(d1 = m3 + 0.8, d2 = 8, h = 2.1);
    }
}
