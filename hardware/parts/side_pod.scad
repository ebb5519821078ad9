// The camera at the side of a basin: a closed box on the flank of a cabinet or on the wall, with a window.
// Print "box" with its window down, and "lid", the outside down.  The window is a disc of clear acrylic, 2 mm, glued into the
// front with silicone.  The lid is screwed to the box; both are then hung on two screws, the slots of the keyholes up.
include <common.scad>

part = "box";           // "box" or "lid"
module_name = "3-wide";
portrait = true;
disc = [34, 2];         // diameter and thickness of the window
gap = 0.6;              // between the window and the lens
cable = 6;              // diameter of what leaves it at the bottom, through a rubber grommet

inside = [44, 44, lens_height(module_name) + gap + 18];
front = disc[1] + 1.2;  // the window is let into the front from outside and rests on a ledge

module corners(r) {
    for (x = [-1, 1], y = [-1, 1]) translate([x * (inside[0] / 2 - r), y * (inside[1] / 2 - r), 0]) children();
}

module box() {
    difference() {
        rounded([inside[0] + 2 * wall, inside[1] + 2 * wall, front + inside[2]]);
        difference() {
            translate([0, 0, front]) rounded([inside[0], inside[1], inside[2] + 1], 2);
            corners(3.5) cylinder(r = 4.5, h = front + inside[2]);
            // four posts for the board, as high as the lens is long
            as_mounted(portrait) for (at = board_holes) translate([at[0], at[1], 0]) cylinder(d = 4.6, h = front + gap + lens_height(module_name));
        }
        translate([0, 0, -0.01]) cylinder(d = disc[0] + play, h = disc[1]);
        // what the lens sees; its front is the gap behind the window
        translate([0, 0, front + gap]) view(module_name, portrait, front + gap + 1);
        as_mounted(portrait) for (at = board_holes) translate([at[0], at[1], front + gap]) cylinder(d = m2_thread, h = 40);
        corners(3.5) translate([0, 0, front + inside[2] - 10]) cylinder(d = m3_thread, h = 11);
        translate([0, -inside[1] / 2, front + inside[2] - cable]) rotate([90, 0, 0]) cylinder(d = cable, h = 20, center = true);
    }
}

module lid() {
    difference() {
        rounded([inside[0] + 2 * wall, inside[1] + 2 * wall, wall]);
        corners(3.5) m3_head();
        for (x = [-1, 1]) translate([x * 10, -3, 0]) keyhole();
    }
    // a lip keeps splashes out
    translate([0, 0, wall - 0.01]) difference() {
        rounded([inside[0] - 2 * play, inside[1] - 2 * play, 1.6], 2);
        translate([0, 0, -1]) rounded([inside[0] - 2 * play - 2 * wall, inside[1] - 2 * play - 2 * wall, 4], 1);
        corners(3.5) translate([0, 0, -1]) cylinder(r = 4.5 + play, h = 4);
    }
}

if (part == "lid") lid(); else box();
