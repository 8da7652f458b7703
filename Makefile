# Assize. `make help` lists the targets.
VARIANT ?= release
PREFIX  ?= /usr/local
CC      ?= gcc
BUILD   := build/$(VARIANT)

PACKAGES := lua5.4 yaml-0.1 jansson libmd
TEST_PACKAGES := cmocka mpfr

WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
  -Wmissing-prototypes -Wvla -Wwrite-strings -Wundef -Wdouble-promotion
# The results are promised to the last bit: no contraction, no fast-math, here or at link time.
EXACT := -ffp-contract=off -fno-math-errno -fno-trapping-math

FLAGS_debug   := -Og -g -DASSIZE_DEBUG
FLAGS_release := -O3 -g -D_FORTIFY_SOURCE=2
FLAGS_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined -DASSIZE_SANITIZED
ifeq ($(origin FLAGS_$(VARIANT)),undefined)
$(error VARIANT is debug, release or asan, not '$(VARIANT)')
endif

CPPFLAGS += -Icore -D_GNU_SOURCE -DASSIZE_PREFIX='"$(PREFIX)"' -MMD -MP $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
CFLAGS   += -std=c17 $(WARNINGS) $(EXACT) $(FLAGS_$(VARIANT)) $(if $(WERROR),-Werror)
LDFLAGS  += $(FLAGS_$(VARIANT)) -ffp-contract=off
LDLIBS   += $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lcadical -lstdc++ -lpthread -lm
TEST_LIBS = $(shell pkg-config --libs $(TEST_PACKAGES) 2>/dev/null)

LIBRARY := $(BUILD)/libassize.a
PROGRAM := $(BUILD)/assize
LIBRARY_OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out core/cli/%,$(wildcard core/*/*.c)))
CLI_OBJECTS     := $(patsubst %.c,$(BUILD)/%.o,$(wildcard core/cli/*.c))
EXAMPLE         := $(BUILD)/docs/example
TESTS           := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/*/test_*.c))

.PHONY: all demo test check-tests setup setup-tests bench install clean help
.SECONDARY:

all: $(LIBRARY) $(PROGRAM)

demo: setup                     ## install what is missing, build, and weigh scenarios/possession
	@$(MAKE) --no-print-directory all
	$(PROGRAM) run scenarios/possession

test: setup-tests               ## install what is missing, build, and run all tests
	@$(MAKE) --no-print-directory check-tests

check-tests: all $(TESTS) $(EXAMPLE)  ## run all tests (nothing is installed)
	@ASSIZE=$(PROGRAM) EXAMPLE=$(EXAMPLE) tests/run $(TESTS)

setup:                          ## install what the program needs (Debian packages)
	@.ci/setup build

setup-tests:                    ## install what the tests need as well
	@.ci/setup test

$(LIBRARY): $(LIBRARY_OBJECTS)
	@rm -f $@
	@echo "AR    $@"
	@$(AR) rcs $@ $^

$(PROGRAM): $(CLI_OBJECTS) $(LIBRARY)
	@echo "LINK  $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(LIBRARY)
	@echo "LINK  $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(TEST_LIBS) $(LDLIBS)

$(BUILD)/tests/%.o: CPPFLAGS += -Itests
$(BUILD)/tests/%.o: CFLAGS += -O1

$(EXAMPLE): $(EXAMPLE).o $(LIBRARY)
	@echo "LINK  $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(EXAMPLE).o: CPPFLAGS += -Icore/api

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "CC    $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

bench: all $(addprefix $(BUILD)/tests/bench/bench_,argue draws weigh)  ## measure; docs/performance.md says what with
	tests/bench/engine
	tests/bench/records.sh
	$(BUILD)/tests/bench/bench_argue
	$(BUILD)/tests/bench/bench_draws
	$(BUILD)/tests/bench/bench_weigh

install: all                    ## install program, library, header and plugins below PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/share/assize
	install $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/assize
	install -m 644 $(LIBRARY) $(DESTDIR)$(PREFIX)/lib/libassize.a
	install -m 644 core/api/assize.h $(DESTDIR)$(PREFIX)/include/assize.h
	cp -R plugins scenarios $(DESTDIR)$(PREFIX)/share/assize/

clean:                          ## remove everything that was built
	rm -rf build

help:                           ## this list
	@echo "make TARGET [VARIANT=debug|release|asan] [PREFIX=/usr/local] [CC=gcc|clang] [WERROR=1]"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(firstword $(MAKEFILE_LIST)) | column -t -s '|'

-include $(LIBRARY_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(TESTS:=.d)
