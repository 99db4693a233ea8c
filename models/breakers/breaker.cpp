// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breakers/breaker.h"

#include <cmath>

namespace atalaya::breakers {

using namespace Qt::Literals::StringLiterals;

QString stateWord(BreakerState state)
{
    switch (state) {
    case BreakerState::Unknown:
        return u"unknown"_s;
    case BreakerState::Closed:
        return u"closed"_s;
    case BreakerState::HalfOpen:
        return u"half_open"_s;
    case BreakerState::Open:
        return u"open"_s;
    }
    return u"unknown"_s;
}

QString modeWord(BreakerMode mode)
{
    switch (mode) {
    case BreakerMode::Auto:
        return u"auto"_s;
    case BreakerMode::ForcedOpen:
        return u"forced_open"_s;
    case BreakerMode::Disabled:
        return u"disabled"_s;
    case BreakerMode::MetricsOnly:
        return u"metrics_only"_s;
    case BreakerMode::Bypassed:
        return u"bypassed"_s;
    }
    return u"auto"_s;
}

BreakerState breakerStateFromWord(const QString &word)
{
    const QString plain = word.trimmed().toLower().remove(u'_').remove(u'-').remove(u' ');
    if (plain == u"closed")
        return BreakerState::Closed;
    if (plain == u"halfopen")
        return BreakerState::HalfOpen;
    if (plain == u"open" || plain == u"forcedopen")
        return BreakerState::Open;
    return BreakerState::Unknown;
}

QString GaugeReading::word() const
{
    if (state != BreakerState::Unknown)
        return stateWord(state);
    if (std::isnan(number))
        return u"unknown(NaN)"_s;
    return u"unknown(%1)"_s.arg(number, 0, 'g', 6);
}

BreakerState Breaker::state() const
{
    if (control && controlLive)
        return control->state;
    return gauge && gaugeLive ? gauge->state : BreakerState::Unknown;
}

bool Breaker::differs() const
{
    return control && controlLive && gauge && gaugeLive && mode() != BreakerMode::Bypassed &&
           mode() != BreakerMode::Disabled && control->state != gauge->state;
}

State Breaker::shownState() const
{
    switch (mode()) {
    case BreakerMode::ForcedOpen:
        return State::Forced;
    case BreakerMode::Bypassed:
    case BreakerMode::Disabled:
    case BreakerMode::MetricsOnly:
        return State::Warning;
    case BreakerMode::Auto:
        break;
    }
    switch (state()) {
    case BreakerState::Closed:
        return State::Ok;
    case BreakerState::HalfOpen:
        return State::Pending;
    case BreakerState::Open:
        return State::Critical;
    case BreakerState::Unknown:
        break;
    }
    return State::Unknown;
}

QString Breaker::shownWord() const
{
    switch (mode()) {
    case BreakerMode::ForcedOpen:
        return u"forced open"_s;
    case BreakerMode::Bypassed:
        return u"bypassed"_s;
    case BreakerMode::Disabled:
        return u"disabled"_s;
    case BreakerMode::MetricsOnly:
        return u"metrics only"_s;
    case BreakerMode::Auto:
        break;
    }
    if (state() == BreakerState::HalfOpen)
        return u"half-open"_s;
    if (state() == BreakerState::Unknown && !(control && controlLive) && gauge && gaugeLive)
        return gauge->word();
    return stateWord(state());
}

std::optional<std::pair<BreakerState, Timestamp>> Breaker::lastSeen() const
{
    std::optional<std::pair<BreakerState, Timestamp>> seen;
    if (control)
        seen = {control->state, controlAt};
    if (gauge && (!seen || gauge->sampledAt > seen->second))
        seen = {gauge->state, gauge->sampledAt};
    return seen;
}

} // namespace atalaya::breakers
