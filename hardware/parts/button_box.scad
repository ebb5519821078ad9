// The box of the three buttons, which hangs below the glass: previous, select and next from left to right.
// Print "box" with its front down, and "lid", the outside down.  The lid is screwed to the box; both are then hung on two
// screws, the slots of the keyholes up.
include <common.scad>

part = "box";           // "box" or "lid"
hole = 24;              // of a button: 24 or 30 for arcade buttons, 16, 19 or 22 for metal ones
pitch = 60;             // from button to button; at 60 the middle one is not hit with the others' hand
depth = 46;             // room behind the front: an arcade button with its plugs needs 42
cable = 7;

across = 2 * pitch + hole + 34;
inside = [across - 2 * wall, hole + 30, depth];
front = 3;              // arcade buttons clip into 2 to 4 mm

// Marks to be felt: an arrow to the left, a dot, an arrow to the right.
module mark(which) {
    if (which == 0) circle(d = 6);
    else scale([which, 1]) polygon([[4, 0], [-3, 4], [-3, -4]]);
}

module posts() {
    for (x = [-1, 1], y = [-1, 1]) translate([x * (inside[0] / 2 - 4), y * (inside[1] / 2 - 4), 0]) children();
}

module box() {
    difference() {
        rounded([inside[0] + 2 * wall, inside[1] + 2 * wall, front + depth], 6);
        difference() {
            translate([0, 0, front]) rounded([inside[0], inside[1], depth + 1], 4);
            posts() cylinder(r = 5, h = front + depth);
        }
        // seen from behind, left is right: the front is down
        for (which = [-1, 0, 1]) translate([-which * pitch, 0, -1]) {
            cylinder(d = hole + play, h = front + 2);
            translate([0, hole / 2 + 9, 0]) linear_extrude(1.6) scale([-1, 1]) mark(which);
        }
        posts() translate([0, 0, front + depth - 12]) cylinder(d = m3_thread, h = 13);
        translate([0, -inside[1] / 2, front + depth - cable / 2 - 2]) rotate([90, 0, 0]) cylinder(d = cable, h = 20, center = true);
    }
}

module lid() {
    difference() {
        rounded([inside[0] + 2 * wall, inside[1] + 2 * wall, 3], 6);
        posts() m3_head();
        for (x = [-1, 1]) translate([x * pitch, -3, 0]) keyhole();
    }
}

if (part == "lid") lid(); else box();
