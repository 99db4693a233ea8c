// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/http/http_request.h"

#include <nlohmann/json.hpp>

namespace atalaya::http {

using Json = nlohmann::ordered_json;

/// Parses one whole JSON document. Refuses what nlohmann would let through or crash on: trailing bytes, bare NaN, bad
/// UTF-8, nesting over 512 levels, an empty body, HTML. The error says line and column. Included by `_decoder` and
/// `_adapter` sources only.
Result<Json> parseJson(const QByteArray &bytes, const QString &endpoint);

/// A whole answer read as JSON: inflates, refuses statuses of 400 and above with the server's words, then parses.
Result<Json> jsonAnswer(const HttpResponse &response);

/// Fields that may be missing or of another type. Each returns nothing rather than throw or convert.
std::optional<QString> stringAt(const Json &object, const char *key);
std::optional<double> numberAt(const Json &object, const char *key); ///< also a number in a string
std::optional<bool> boolAt(const Json &object, const char *key);
const Json *objectAt(const Json &object, const char *key); ///< null when absent or not an object
const Json *arrayAt(const Json &object, const char *key);
QString toQString(const Json &value); ///< a string's text, otherwise its JSON

} // namespace atalaya::http
