# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Unit tests of core/model
continuo_unit_test(safetensors continuo_model)
