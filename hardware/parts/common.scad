// What the printed parts have in common.  Millimetres throughout; nothing here is printed.
$fn = 48;

wall = 2.4;          // six lines of a 0.4 mm nozzle
play = 0.3;          // between parts that go into each other, and around screws
m3 = 3.2;            // a hole that an M3 screw goes through
m3_thread = 2.6;     // one that it cuts its thread into
m2_thread = 1.7;     // the same for an M2 screw

// Raspberry Pi's camera boards (Modules 1 to 3): 25 x 24 mm, holes 21 x 12.5 mm apart, the lens midway between the two
// holes that are nearer to the ribbon's connector.
board = [25, 24, 1.1];
board_holes = [for (x = [-10.5, 10.5], y = [0, 12.5]) [x, y]];
board_below = 9.5;   // from the lens to the edge with the connector

// Degrees across the longer and the shorter side of the picture, and how far the lens's front stands off the board.
function fov(module_name) = module_name == "3-wide" ? [102, 70] : [66, 42];
function lens_height(module_name) = module_name == "3-wide" ? 8.3 : 7.4;
lens_front = 7;      // diameter of the lens's front

module rounded(size, r = 4) {
    linear_extrude(size[2]) offset(r) offset(-r) square([size[0], size[1]], center = true);
}

// The head of a countersunk M3 screw that comes from the bed's side.
module m3_head() {
    translate([0, 0, -0.01]) cylinder(d1 = 6.4, d2 = m3, h = 1.7);
    translate([0, 0, -1]) cylinder(d = m3, h = 20);
}

// A keyhole: the closed box is hung on the heads of two 4 mm screws, and slides down on them.
module keyhole() {
    translate([0, 0, -1]) {
        cylinder(d = 8.5, h = 20);
        hull() { cylinder(d = 4.4, h = 20); translate([0, 7, 0]) cylinder(d = 4.4, h = 20); }
    }
}

// All that the lens sees, from its front (the origin) downwards, wider by a millimetre; upright or on its side.
module view(module_name, portrait, length) {
    across = fov(module_name);
    half = [for (a = portrait ? [across[1], across[0]] : across) length * tan(a / 2)];
    hull() {
        translate([0, 0, -0.01]) linear_extrude(2) square(lens_front + 2, center = true);
        translate([0, 0, -length]) linear_extrude(0.01) square([2 * half[0] + lens_front + 2, 2 * half[1] + lens_front + 2], center = true);
    }
}

// The camera's board seen from behind, its ribbon leaving downwards (-y), or to the right when it is turned for portrait.
module as_mounted(portrait) {
    rotate(portrait ? 90 : 0) children();
}
