// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert.h"
#include "models/breakers/breaker.h"
#include "models/flags/flag.h"
#include "models/health/health_store.h"
#include "models/refresh/source_monitor.h"

#include <QtCore/QTimeZone>

#include <nlohmann/json.hpp>

namespace atalaya::console {

/// The stable JSON of the command line (README, "Command line"). Times are RFC 3339 UTC; what is not known is null,
/// never 0.
using Json = nlohmann::ordered_json;

Json alertForm(const alerts::Alert &alert);
Json healthForm(const health::InstanceId &id, const Snapshot<health::InstanceHealth> &snapshot, Timestamp now);
Json breakerForm(const breakers::Breaker &breaker);
Json flagForm(const flags::Flag &flag, Timestamp asOf);
Json sourceForm(const refresh::SourceStatus &status);
/// Share of failing calls, 0 to 1: over the last minute where two reads tell, else the service's own count.
std::optional<double> failureRateOf(const breakers::Breaker &breaker);
/// "live", "stale", "unreachable", "waiting".
QString freshnessWord(Freshness freshness);

Json textForm(const QString &text);
Json timeForm(const std::optional<Timestamp> &time); ///< null where there is none, or at the epoch

/// Rows of text with columns padded to their widest cell, for people.
QString tableText(const QStringList &header, const QList<QStringList> &rows);

} // namespace atalaya::console
