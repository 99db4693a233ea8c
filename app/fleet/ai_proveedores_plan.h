// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/random_stream.h"

#include <array>
#include <vector>

namespace atalaya::fleet {

/// One thing a request of ai-proveedores does.
struct ProveedoresStep
{
    enum class Kind
    {
        Work,
        Redis,
        Database,
        OpenAi
    };
    Kind kind = Kind::Work;
    const char *operation = "";
    const char *target = ""; ///< table or model
    double workMs = 0;
};

/// What one request will do: in front of the caller, then in the background once it has been answered.
struct ProveedoresPlan
{
    int goodStatus = 200; ///< the answer where nothing fails; 4xx where the request itself is bad
    std::vector<ProveedoresStep> steps;
    std::vector<ProveedoresStep> background;
};

struct ProveedoresEndpoint
{
    const char *method;
    const char *path;
    double perSecond;
    ProveedoresPlan (*plan)(RandomStream &random);
};

inline constexpr const char *chatModel = "gpt-3.5-turbo";
inline constexpr const char *embeddingModel = "text-embedding-3-small";

/// Every endpoint that has traffic.
const std::array<ProveedoresEndpoint, 6> &proveedoresEndpoints();

} // namespace atalaya::fleet
