// The camera behind the glass: a black shroud that is glued to the back of the glass and carries the camera's board.
// Printed as it lies here, glass side down, in matt black.  The notch is up when it hangs: a tilted camera looks down.
include <common.scad>

module_name = "3";      // "3" or "3-wide"
portrait = true;        // the board turned by a quarter: the picture stands upright
pitch = 0;              // degrees that the camera looks down, for the place over a basin
gap = 0.6;              // between the glass and the nearest edge of the lens
rim = 10;               // of glue around the window

// The lens's front is the origin of what is tilted; it is lifted until its lower edge clears the glass by the gap.
lift = gap + sin(abs(pitch)) * (lens_front / 2 + 1);
stand = lens_height(module_name);
reach = lift * 4 + 6;   // so far the view is cut out, through the glass side

module tilted() {
    translate([0, 0, lift]) rotate([-pitch, 0, 0]) children();
}

// What the glue holds: large enough for the window and for the plate above it.
across = portrait ? [fov(module_name)[1], fov(module_name)[0]] : fov(module_name);
side = [for (a = across) max(2 * lift * tan(min(a / 2 + abs(pitch), 75)) + lens_front, 34) + 2 * rim];

module foot() {
    rounded([side[0], side[1], wall]);
}

// The plate that the board is screwed to, at the height of the board's front.
module plate(z, h) {
    tilted() as_mounted(portrait) translate([0, board[1] / 2 - board_below, z]) rounded([board[0] + 6, board[1] + 6, h], 2);
}

difference() {
    union() {
        foot();
        intersection() {
            hull() {
                plate(stand - 1, 1);
                linear_extrude(0.01) projection() plate(stand - 1, 1);
            }
            translate([-100, -100, 0]) cube(200);
        }
    }
    tilted() {
        view(module_name, portrait, reach);
        // room for the lens and its housing, from behind
        as_mounted(portrait) translate([-7, -7, -0.5]) cube([14, 14, 40]);
        // the ribbon of the lens itself and the parts around it, on the board's front
        as_mounted(portrait) translate([-9, -9, stand - 3]) cube([18, 24, 40]);
        as_mounted(portrait) for (at = board_holes) translate([at[0], at[1], stand - 6]) cylinder(d = m2_thread, h = 40);
    }
    translate([0, side[1] / 2, -1]) cylinder(d = 5, h = 20, $fn = 4);
    translate([-100, -100, -50]) cube([200, 200, 50]);
}
