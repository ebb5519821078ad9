# Everything the mirror can be asked to do from its folder; bare `make` prints this menu.
# Each entry does its own set-up: python3 is all it needs.  ARGS="…" is handed on to the command.

VENV := .venv
KIOSK := $(VENV)/bin/kiosk
PYTEST := $(VENV)/bin/python -m pytest
OLD := .venv-tflite

# A folder that may already hold the model; else it is downloaded.
MODELS_FROM ?= $(wildcard $(or $(HINGE_SHARED),../shared)/models)
export MODELS_FROM

.DEFAULT_GOAL := menu
.PHONY: menu setup run test lint models bench morning accuracy golden pictures places parts texts kills faults fuzz soak old-runtime test-picamera2 test-arm test-vm install uninstall wheels deb test-install clean venv venv-test venv-accuracy model

menu:
	@echo 'Hinge Mirror: make …'
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "%-15s %s\n", $$1, $$2 }'

setup: venv model ## make .venv with the kiosk command in it, and get the model

run: setup ## start the mirror: make run ARGS="--drill squat --for 20"
	@$(KIOSK) run $(ARGS)

test: venv-test model ## run the whole test suite
	@$(PYTEST) -n auto $(ARGS)

lint: venv-test ## check style, format and types
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/mypy kiosk

models: venv ## get the pose model and check it (MODELS_FROM=folder takes it from there)
	@$(KIOSK) models

bench: setup ## measure this machine: inference, scoring, painting, signals, start, memory
	@$(KIOSK) bench $(ARGS)

morning: venv-test model ## live six hours at the sink with the real model: visits, lights, steam; tells what was counted
	@$(VENV)/bin/python tests/morning.py $(ARGS)

accuracy: venv-accuracy model ## measure how well it sees and judges, write models/ACCURACY.md (ARGS=--quick: a sample)
	@$(KIOSK) accuracy $(ARGS)

golden: venv-test ## draw the golden pictures and record the golden drills anew; look at each before it is committed
	@$(VENV)/bin/python hardware/wiring.py
	@GOLDEN=1 $(PYTEST) tests/test_*golden*.py
	@$(VENV)/bin/python tests/traces.py

pictures: venv-test ## draw the scenes and the drill cards that the pages show, write the page of drills
	@$(VENV)/bin/python tests/pictures.py

places: venv ## draw what a camera sees at each place, for the mounting guide
	@mkdir -p hardware/pictures
	@for place in gym floor hallway sink pod; do $(KIOSK) place $$place --out hardware/pictures/place_$$place.png >/dev/null || exit 1; done

parts: venv ## make the printed parts (build/parts/*.stl), check and draw them; needs openscad
	@$(VENV)/bin/python hardware/parts.py

texts: venv-test ## bring the catalogues of texts up to date (kiosk/languages); says what is not translated yet
	@$(VENV)/bin/python tests/texts.py

kills: venv-test ## kill the program at 200 random moments of writing its history: never damaged, one set lost at most
	@KILLS=200 $(PYTEST) tests/test_history.py -k killed_at_any_moment

faults: venv-test model ## do harm to the mirror in every way it may come to, and print what became of it, with the time it took
	@$(PYTEST) tests/faults $(ARGS)

fuzz: venv-test ## hand it 20 000 broken settings, tracks, recordings and clips each (CASES=N: so many)
	@CASES=$(or $(CASES),20000) $(PYTEST) tests/test_fuzz.py -n auto $(ARGS)

soak: venv-test ## live through three days of a gym in a quarter of an hour (ARGS="--days 0.1": so many)
	@$(VENV)/bin/python tests/soak.py $(ARGS)

old-runtime: model ## prove that tflite-runtime 2.14 still runs the model (Python 3.11, a second small venv)
	@.setup/old-runtime $(OLD)

test-picamera2: venv ## try the Pi camera on the real picamera2 and libcamera (root; 3 minutes and 0.6 GB the first time)
	@tests/stack/test-picamera2 $(ARGS)

test-arm: setup ## try model and scoring on emulated ARM, Debian 12 and 13 (root; 15 minutes and 1 GB; ARGS=--quick: the model, 3)
	@tests/stack/test-arm $(ARGS)

test-vm: setup ## try screen and buttons in a virtual machine, KMSDRM and GPIO (root; 10 minutes and 6 GB the first time)
	@tests/vm/test-vm $(ARGS)

# make's own --dry-run is handed on: `make install --dry-run` says what would be changed.
INSTALL = /usr/bin/python3 systemd/install.py $(if $(findstring n,$(firstword -$(MAKEFLAGS))),--dry-run) $(ARGS)

install: ## make it part of this Raspberry Pi: sudo make install (--dry-run shows every change; ARGS="--station sink")
	+@$(INSTALL)

uninstall: ## take it out of this Raspberry Pi again; settings and sets stay
	+@$(INSTALL) --uninstall

wheels: venv-test ## fetch what it needs into systemd/wheels, to install it where there is no network
	@$(VENV)/bin/python systemd/wheels.py $(ARGS)

deb: venv-test model ## build a package that installs without a network (ARGS="--arch amd64" for a desktop)
	@$(VENV)/bin/python systemd/deb.py $(ARGS)

test-install: venv-test model ## install, install again and take out in Debian 12 and 13 chroots (root, network, half an hour)
	@INSTALL_CHROOTS=$(or $(CHROOTS),build/chroots) $(PYTEST) -v tests/chroot_install.py tests/chroot_ladder.py $(ARGS)

clean: ## remove everything made here but the model
	rm -rf $(VENV) $(OLD) build *.egg-info .pytest_cache .hypothesis .ruff_cache .mypy_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@.setup/setup run

venv-test:
	@.setup/setup test

venv-accuracy:
	@.setup/setup accuracy

# Without a model and without a network the mirror still runs, and says so itself.
model: venv
	@ls models/*.tflite >/dev/null 2>&1 || $(KIOSK) models || true
