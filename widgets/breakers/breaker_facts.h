// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breakers/breaker.h"
#include "widgets/common/fact_rows.h"

#include <QtCore/QTimeZone>

namespace atalaya::breakers {

/// The side panel's lines. A number that nobody told reads "not known".
QList<common::Fact> trafficFacts(const Breaker &breaker);
QList<common::Fact> configFacts(const Breaker &breaker);
QList<common::Fact> counterFacts(const Breaker &breaker);
QList<common::Fact> changeFacts(const Breaker &breaker, Timestamp now, const QTimeZone &zone);
/// What callers get while it is open.
QString fallbackSentence(const Breaker &breaker);

} // namespace atalaya::breakers
