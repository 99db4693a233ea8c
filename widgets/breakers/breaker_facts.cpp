// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakers/breaker_facts.h"

#include "models/base/quantity.h"
#include "models/base/time_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::breakers {

namespace {

struct FactWords
{
    Q_DECLARE_TR_FUNCTIONS(BreakerDetails)
};

common::Fact numberFact(const QString &label, const std::optional<double> &value, const QString &unit)
{
    if (!value)
        return {label, FactWords::tr("not known"), theme::Token::Text3};
    return {label, quantity(*value, unit).joined(), theme::Token::Text1, false, fullQuantity(*value, unit)};
}

common::Fact countFact(const QString &label, const std::optional<double> &value)
{
    if (!value)
        return {label, FactWords::tr("not known"), theme::Token::Text3};
    // Counters are read out to compare them: every digit counts here.
    return {label, QLocale(QLocale::English, QLocale::UnitedStates).toString(std::llround(*value))};
}

common::Fact configFact(const QString &label, const std::optional<int> &value, const QString &one, const QString &many)
{
    return value ? common::Fact{label, counted(*value, one, many)}
                 : common::Fact{label, FactWords::tr("not known"), theme::Token::Text3};
}

} // namespace

QList<common::Fact> trafficFacts(const Breaker &breaker)
{
    return {numberFact(FactWords::tr("Calls"), breaker.callsPerSecond, u"ops"_s),
            numberFact(FactWords::tr("Failing"), breaker.failureRate, u"percentunit"_s),
            numberFact(FactWords::tr("Rejected"), breaker.rejectedPerSecond, u"ops"_s)};
}

QList<common::Fact> configFacts(const Breaker &breaker)
{
    const BreakerConfig config = breaker.control ? breaker.control->config : BreakerConfig{};
    return {configFact(FactWords::tr("Opens after"), config.failureThreshold, FactWords::tr("%1 failure"),
                       FactWords::tr("%1 failures")),
            config.timeoutSeconds
                ? common::Fact{FactWords::tr("Stays open"), quantity(*config.timeoutSeconds, u"s"_s).joined()}
                : common::Fact{FactWords::tr("Stays open"), FactWords::tr("not known"), theme::Token::Text3},
            configFact(FactWords::tr("Probes at once"), config.halfOpenMaxCalls, u"%1"_s, u"%1"_s),
            configFact(FactWords::tr("Closes after"), config.successThreshold, FactWords::tr("%1 success"),
                       FactWords::tr("%1 successes"))};
}

QList<common::Fact> counterFacts(const Breaker &breaker)
{
    const BreakerCounters *counters =
        breaker.control && breaker.control->counters ? &*breaker.control->counters : nullptr;
    const auto of = [counters](double BreakerCounters::*field) -> std::optional<double> {
        if (!counters)
            return std::nullopt;
        return counters->*field;
    };
    return {countFact(FactWords::tr("Calls in all"), of(&BreakerCounters::totalCalls)),
            countFact(FactWords::tr("Succeeded"), of(&BreakerCounters::totalSuccesses)),
            countFact(FactWords::tr("Failed"), of(&BreakerCounters::totalFailures)),
            countFact(FactWords::tr("Rejected"),
                      counters && counters->knowsRejected ? of(&BreakerCounters::totalRejected) : std::nullopt),
            countFact(FactWords::tr("Failures in its window"), of(&BreakerCounters::failureCount)),
            numberFact(FactWords::tr("Its own failure rate"), counters ? counters->failureRate : std::nullopt,
                       u"percentunit"_s)};
}

QList<common::Fact> changeFacts(const Breaker &breaker, Timestamp now, const QTimeZone &zone)
{
    QList<common::Fact> facts;
    const auto moment = [&](const QString &label, const std::optional<Timestamp> &at) {
        if (at)
            facts.append({label, FactWords::tr("%1, %2 ago").arg(whenText(*at, now, zone), ageText(now - *at)),
                          theme::Token::Text1, false, rfc3339(*at)});
        else
            facts.append({label, FactWords::tr("not known"), theme::Token::Text3});
    };
    moment(FactWords::tr("In this state since"), breaker.since);
    if (!breaker.control)
        return facts;
    const ControlReading &control = *breaker.control;
    if (control.forcedUntil)
        facts.append({FactWords::tr("Held until"),
                      FactWords::tr("%1, %2 left")
                          .arg(whenText(*control.forcedUntil, now, zone), countdownText(*control.forcedUntil - now)),
                      theme::Token::Forced, false, rfc3339(*control.forcedUntil)});
    else if (control.mode == BreakerMode::ForcedOpen)
        facts.append({FactWords::tr("Held until"), FactWords::tr("somebody resets it"), theme::Token::Forced});
    if (control.nextProbeAt)
        facts.append({FactWords::tr("Next probe"), whenText(*control.nextProbeAt, now, zone), theme::Token::Text1,
                      false, rfc3339(*control.nextProbeAt)});
    facts.append(control.lastChangeBy.isEmpty()
                     ? common::Fact{FactWords::tr("Changed by"), FactWords::tr("not known"), theme::Token::Text3}
                     : common::Fact{FactWords::tr("Changed by"), control.lastChangeBy});
    if (!control.lastChangeReason.isEmpty())
        facts.append({FactWords::tr("Reason"), control.lastChangeReason});
    facts.append(control.version.isEmpty()
                     ? common::Fact{FactWords::tr("Version"), FactWords::tr("not known"), theme::Token::Text3}
                     : common::Fact{FactWords::tr("Version"), control.version, theme::Token::Text1, true});
    return facts;
}

QString fallbackSentence(const Breaker &breaker)
{
    const std::optional<bool> fallback = breaker.control ? breaker.control->hasFallback : std::nullopt;
    if (!fallback)
        return FactWords::tr("Whether callers have a fallback is not known.");
    return *fallback ? FactWords::tr("While it is open, callers get the fallback.")
                     : FactWords::tr("No fallback: while it is open, callers get an error at once.");
}

} // namespace atalaya::breakers
