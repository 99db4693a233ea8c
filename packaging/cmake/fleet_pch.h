// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "packaging/cmake/models_pch.h"

#include <nlohmann/json.hpp>
#include <prometheus/registry.h>
#include <spdlog/spdlog.h>

#include <map>
#include <string>
