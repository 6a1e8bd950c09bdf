# Names the commands; the build is Meson's. See README.md.
BUILD ?= build
DESTDIR ?=
REPORT ?= examples/visit.txt

.PHONY: all demo test score bench fuzz install clean

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD) --quiet

# The dependencies are looked at when the build folder is made, and again when
# their list changes.
$(BUILD)/build.ninja: scripts/install-deps
	@scripts/install-deps
	@meson setup $(BUILD) --werror $(if $(wildcard $(BUILD)/build.ninja),--reconfigure) > /dev/null
	@touch $@
	@ln -sf $(BUILD)/compile_commands.json .

demo: all
	@$(BUILD)/chancery code --format table $(REPORT)

test: all
	@scripts/install-deps test || true # what needs them is skipped, and says so
	@scripts/run-tests $(BUILD)

score: all
	@scripts/score $(BUILD)

bench: all
	@scripts/bench $(BUILD)

fuzz:
	@scripts/fuzz

install: all
	@DESTDIR='$(abspath $(DESTDIR))' meson install -C $(BUILD) --no-rebuild --quiet

clean:
	@rm -rf build build-* compile_commands.json
