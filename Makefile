# make              build/cmed.so
# make demo         installs what is missing, builds, answers five questions over samples/
# make test         installs what is missing, builds, runs every test; with SAN=1 under ASan and UBSan
# make lint         form, clang-tidy, cppcheck, the layer rules
# make fuzz         a minute a target (FUZZ_SECONDS=60)
# make conformance  public test suites, in SHARED=../shared
# make shared       real files against independent readers, in SHARED=../shared
# make bench        beside its peers, which it installs
# make model        trains ext/words/model.bin again, from SHARED=../shared

CC ?= gcc
OUT := build$(if $(SAN),/san)
SHARED ?= ../shared
FUZZ_SECONDS ?= 60

SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -ftrivial-auto-var-init=pattern
SANFLAGS := $(if $(SAN),$(SANITIZE))
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla $(if $(CI),-Werror)
CFLAGS ?= -O2 -g
HARDEN := -fstack-protector-strong $(if $(SAN),,-D_FORTIFY_SOURCE=2)
COMPILE := $(CC) -std=c11 -D_GNU_SOURCE -fPIC -fvisibility=hidden $(WARN) $(CFLAGS) $(HARDEN) $(SANFLAGS) -MMD -MP
LIBS := -lutf8proc -lz -lexpat -lm -lpthread

# The rooms; the doors lie in ext/ itself.
ROOM_C := $(wildcard ext/base/*.c ext/read/*.c ext/format/*.c ext/dataset/*.c ext/text/*.c ext/words/*.c ext/match/*.c ext/learn/*.c)
DOOR_C := $(wildcard ext/*.c)
MODEL_S := $(wildcard ext/words/*.S)
ROOM_O := $(ROOM_C:%.c=$(OUT)/%.o) $(MODEL_S:%.S=$(OUT)/%.o)
DOOR_S := $(wildcard ext/*.S)
DOOR_O := $(DOOR_C:%.c=$(OUT)/%.o) $(DOOR_S:%.S=$(OUT)/%.o)
UNIT := $(patsubst %.c,$(OUT)/%,$(wildcard tests/unit/test_*.c))
UNIT_SHARED := $(patsubst %.c,$(OUT)/%.o,$(filter-out $(wildcard tests/unit/test_*.c),$(wildcard tests/unit/*.c)))
FAULT := $(patsubst %.c,$(OUT)/%,$(wildcard tests/fault/*.c))
FUZZ := $(patsubst tests/fuzz/%.c,build/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
CONFORMANCE := $(patsubst %.c,$(OUT)/%,$(wildcard tests/conformance/*.c))

all: $(OUT)/cmed.so

# In the extension ext/heap.c is the rooms' memory.
$(OUT)/cmed.so: $(filter-out %/base/memory.o,$(ROOM_O)) $(DOOR_O)
	@$(CC) -shared $(SANFLAGS) -Wl,-z,relro,-z,now -o $@ $^ $(LIBS) && echo "built $@"

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	@$(COMPILE) -c -o $@ $<

$(OUT)/ext/words/model_bin.o: ext/words/model.bin
$(OUT)/ext/views.o: $(wildcard sql/med_*.sql)

$(OUT)/%.o: %.S
	@mkdir -p $(@D)
	@$(CC) -fPIC -c -o $@ $<

$(OUT)/tests/unit/%: tests/unit/%.c $(UNIT_SHARED) $(ROOM_O)
	@mkdir -p $(@D)
	@$(COMPILE) -o $@ $< $(UNIT_SHARED) $(ROOM_O) -lcmocka $(LIBS) $(call WRAP,$<)

# A test that stands in for the system's calls says so in its first lines: "link: --wrap=pread".
WRAP = $(addprefix -Wl$(comma),$(shell sed -n 's/^.*link: //p' $(1) | head -1))
comma := ,

$(OUT)/tests/fault/%: tests/fault/%.c $(OUT)/cmed.so
	@mkdir -p $(@D)
	@$(COMPILE) -rdynamic -o $@ $< -lsqlite3 -lz -ldl -lpthread

$(OUT)/tests/conformance/%: tests/conformance/%.c $(ROOM_O)
	@mkdir -p $(@D)
	@$(COMPILE) -o $@ $< $(ROOM_O) $(LIBS)

# The rooms are compiled once for all fuzz targets.
FUZZ_CC := clang -std=c11 -D_GNU_SOURCE -g -O1 -MMD -MP -fsanitize=address,undefined -fno-sanitize-recover=undefined
FUZZ_O := $(ROOM_C:%.c=build/fuzz/%.o) $(MODEL_S:%.S=build/fuzz/%.o)

build/fuzz/ext/%.o: ext/%.c
	@mkdir -p $(@D)
	@$(FUZZ_CC) -fsanitize=fuzzer-no-link -c -o $@ $<

build/fuzz/ext/%.o: ext/%.S
	@mkdir -p $(@D)
	@clang -c -o $@ $<

.SECONDARY: $(FUZZ_O)
build/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(FUZZ_O)
	@$(FUZZ_CC) -fsanitize=fuzzer -o $@ $< $(FUZZ_O) $(LIBS)

demo:
	@tests/install.sh build
	@$(MAKE) --no-print-directory all
	@tests/demo.sh $(OUT)

unit: $(UNIT)

test:
	@tests/install.sh test
	@$(MAKE) --no-print-directory -j2 all unit $(FAULT)
	@tests/run.sh $(OUT)

lint:
	@tests/install.sh lint
	@tests/lint.sh

fuzz:
	@tests/install.sh fuzz
	@$(MAKE) --no-print-directory -j2 $(FUZZ)
	@tests/fuzz/run.sh $(FUZZ_SECONDS) $(FUZZ)

conformance: all $(CONFORMANCE)
	@tests/conformance/run.sh $(OUT) $(SHARED)

shared: all
	@tests/install.sh peers
	@tests/shared/run.sh $(OUT) $(SHARED)

# The model's sources: MIT-licensed; see ext/words/NOTICE.
JIEBA_DICT ?= /usr/lib/python3/dist-packages/jieba/dict.txt
MODEL_GOLD := $(SHARED)/specimens/segmentation/amttl
MODEL_WORDS := $(SHARED)/specimens/lexicon

build/model_build: tests/tools/model_build.c $(filter-out %/model_bin.o %/model_shipped.o,$(ROOM_O))
	@$(COMPILE) -o $@ $(filter %.c %.o,$^) $(LIBS)

model: build/model_build
	@tests/install.sh peers
	$< ext/words/model.bin $(JIEBA_DICT) $(MODEL_WORDS)/THUOCL_medical.txt $(MODEL_WORDS)/ICD-10-CN/disease.csv \
	    $(MODEL_GOLD)/forum_train.txt $(MODEL_GOLD)/forum_dev.txt

bench: all
	@tests/bench/run.sh $(OUT) $(SHARED)

clean:
	rm -rf build

.PHONY: all demo unit test lint fuzz conformance shared bench model clean
-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
