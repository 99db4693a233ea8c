// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs that print what the pages show: they use the same stores, wait until every source has answered or failed
// (or the time is up), and print what is known with its age.
#include "app/console/environment_session.h"
#include "app/console/verb_services.h"
#include "models/alerts/matcher.h"
#include "models/base/quantity.h"
#include "models/base/time_text.h"

#include <QtCore/QTimer>

#include <chrono>
#include <map>

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds defaultTimeout = 10s;

/// One reading verb under way: its session, and the moment at which what is known is printed.
class Reading final : public QObject
{
public:
    Reading(const VerbServices &services, workspace::Environment environment, int parts, QObject *parent)
        : QObject(parent), session(std::move(environment), parts, services.transport, services.secrets, services.clock)
    {
    }

    /// `print` once, when `settled` holds after a change of a store, or at the deadline.
    void whenSettled(Milliseconds timeout, std::function<bool()> settled, std::function<void()> print)
    {
        m_settled = std::move(settled);
        m_print = std::move(print);
        if (session.alerts)
            connect(session.alerts.get(), &alerts::AlertStore::changed, this, &Reading::look);
        if (session.health)
            connect(session.health.get(), &health::HealthStore::changed, this, &Reading::look);
        if (session.breakers)
            connect(session.breakers.get(), &breakers::BreakerStore::changed, this, &Reading::look);
        if (session.flags)
            connect(session.flags.get(), &flags::FlagStore::changed, this, &Reading::look);
        QTimer::singleShot(timeout, this, &Reading::finish);
        QTimer::singleShot(0, this, &Reading::look);
    }

    EnvironmentSession session;

private:
    void look()
    {
        if (m_settled && m_settled())
            finish();
    }

    void finish()
    {
        if (!m_print)
            return;
        // Printing may end the run and with it this object's life, so nothing of it is touched afterwards.
        const auto print = std::exchange(m_print, nullptr);
        print();
    }

    std::function<bool()> m_settled;
    std::function<void()> m_print;
};

struct Start
{
    Reading *reading = nullptr;
    Milliseconds timeout{};
};

/// Builds the session of a reading verb, or reports why not and ends the run.
std::optional<Start> startReading(const CommandLine &line, const VerbServices &services, int parts, QObject *context,
                                  const VerbDone &done)
{
    const auto timeout = timeoutOf(line, defaultTimeout);
    if (!timeout) {
        done(reportError(services, timeout.error()));
        return std::nullopt;
    }
    auto used = workspaceInUse(line, services);
    if (!used) {
        reportError(services, used.error());
        done(BadUsage);
        return std::nullopt;
    }
    if (const QString system = line.value(u"system"_s); !system.isEmpty()) {
        QStringList keys;
        for (const workspace::System &each : std::as_const(used->environment.systems))
            keys += each.key;
        if (!keys.contains(system)) {
            done(reportError(services, Error{ErrorKind::BadInput, u"--system"_s,
                                             u"no system \"%1\"; there are %2"_s.arg(system, keys.join(u", "_s))}));
            return std::nullopt;
        }
    }
    return Start{new Reading(services, std::move(used->environment), parts, context), *timeout};
}

bool wanted(const CommandLine &line, const QString &system)
{
    return !line.has(u"system"_s) || line.value(u"system"_s) == system;
}

void printJsonOr(const CommandLine &line, const VerbServices &services, const Json &json, const QString &text)
{
    services.out(line.has(u"json"_s) ? jsonText(json) : text);
}

int reportSilent(const VerbServices &services, const refresh::SourceMonitor &monitor, const QStringList &silent)
{
    for (const QString &name : silent) {
        const auto status = monitor.status(name);
        services.error(status && status->error ? u"%1: %2"_s.arg(name, sentenceFor(*status->error))
                                               : u"%1: no answer within the time given"_s.arg(name));
    }
    return silent.isEmpty() ? Done : SourceUnreachable;
}

Result<QList<alerts::Matcher>> filterOf(const CommandLine &line)
{
    auto matchers = alerts::parseMatchers(line.value(u"filter"_s));
    if (!matchers)
        matchers.error().endpoint = u"--filter"_s;
    return matchers;
}

QString rateText(const std::optional<double> &share)
{
    return share ? quantity(*share * 100, u"percent"_s).joined() : u"not known"_s;
}

} // namespace

void runAlertsList(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    const auto matchers = filterOf(line);
    if (!matchers)
        return done(reportError(services, matchers.error()));
    const QStringList known{u"pending"_s, u"firing"_s, u"silenced"_s, u"inhibited"_s};
    const QStringList states = line.value(u"state"_s).split(u',', Qt::SkipEmptyParts);
    for (const QString &state : states) {
        if (!known.contains(state))
            return done(
                reportError(services, Error{ErrorKind::BadInput, u"--state"_s,
                                            u"no state \"%1\"; there are %2"_s.arg(state, known.join(u", "_s))}));
    }
    const auto start = startReading(line, services, EnvironmentSession::Alerts, context, done);
    if (!start)
        return;
    Reading *reading = start->reading;
    reading->whenSettled(
        start->timeout, [reading] { return reading->session.alerts->isSettled(); },
        [=, matchers = *matchers] {
            const Timestamp now = services.clock.now();
            Json list = Json::array();
            QList<QStringList> rows;
            for (const alerts::Alert &alert : reading->session.alerts->alerts()) {
                const QString state = alerts::stateWord(alert.state);
                if ((!states.isEmpty() && !states.contains(state)) || !alerts::matchesAll(matchers, alert.labels))
                    continue;
                list.push_back(alertForm(alert));
                rows.append(
                    {alert.severity, state, alert.system, alert.name, ageText(now - alert.startsAt), alert.summary()});
            }
            const QStringList silent = reading->session.alerts->silentSources();
            QString text =
                rows.isEmpty()
                    ? QString()
                    : tableText({u"SEVERITY"_s, u"STATE"_s, u"SYSTEM"_s, u"ALERT"_s, u"AGE"_s, u"SUMMARY"_s}, rows);
            if (rows.isEmpty() && silent.isEmpty())
                text = u"No alert matches.\n"_s;
            else if (!silent.isEmpty())
                text += u"Alerts may be missing: %1 does not answer.\n"_s.arg(silent.join(u", "_s));
            printJsonOr(line, services, list, text);
            done(reportSilent(services, reading->session.monitor, silent));
        });
}

void runAlertsWatch(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    const auto matchers = filterOf(line);
    if (!matchers)
        return done(reportError(services, matchers.error()));
    const auto start = startReading(line, services, EnvironmentSession::Alerts, context, done);
    if (!start)
        return;
    Reading *reading = start->reading;
    auto last = std::make_shared<std::map<QString, alerts::Alert>>();
    const auto print = [=, matchers = *matchers] {
        // While a source is silent nothing is called resolved: its alerts stay in the store, and so in the list.
        std::map<QString, alerts::Alert> now;
        for (const alerts::Alert &alert : reading->session.alerts->alerts()) {
            if (alerts::matchesAll(matchers, alert.labels))
                now.emplace(alert.fingerprint, alert);
        }
        const auto emitChange = [&](const alerts::Alert &alert, const QString &change) {
            Json form = alertForm(alert);
            form["change"] = textForm(change);
            form["at"] = timeForm(services.clock.now());
            services.out(jsonText(form));
        };
        for (const auto &[fingerprint, alert] : now) {
            const auto before = last->find(fingerprint);
            if (before == last->end() || before->second.state != alert.state)
                emitChange(alert, alerts::stateWord(alert.state));
        }
        for (const auto &[fingerprint, alert] : *last) {
            if (!now.contains(fingerprint))
                emitChange(alert, u"resolved"_s);
        }
        *last = std::move(now);
    };
    QObject::connect(reading->session.alerts.get(), &alerts::AlertStore::changed, reading, print);
    auto silent = std::make_shared<QStringList>();
    QObject::connect(&reading->session.monitor, &refresh::SourceMonitor::changed, reading, [=] {
        const QStringList now = reading->session.alerts->silentSources();
        if (now != *silent)
            reportSilent(services, reading->session.monitor, now);
        *silent = now;
    });
    if (line.has(u"timeout"_s))
        QTimer::singleShot(start->timeout, reading, [=] {
            done(reading->session.alerts->silentSources().isEmpty() ? Done : SourceUnreachable);
        });
}

void runHealth(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    const auto start = startReading(line, services, EnvironmentSession::Health, context, done);
    if (!start)
        return;
    Reading *reading = start->reading;
    reading->whenSettled(
        start->timeout, [reading] { return reading->session.health->isSettled(); },
        [=] {
            const Timestamp now = services.clock.now();
            Json list = Json::array();
            QList<QStringList> rows;
            int status = Done;
            for (const health::InstanceId &id : reading->session.health->instances()) {
                if (!wanted(line, id.system))
                    continue;
                const auto snapshot = reading->session.health->health(id);
                const Json form = healthForm(id, snapshot, now);
                list.push_back(form);
                if (snapshot.freshness(now) != Freshness::Live)
                    status = SourceUnreachable;
                QString detail = snapshot.error ? sentenceFor(*snapshot.error) : QString();
                if (snapshot.data && !snapshot.data->probes.isEmpty()) {
                    QStringList parts;
                    for (const health::ComponentHealth &component : snapshot.data->probes.first().components)
                        parts += component.name + u' ' + health::statusWord(component.status);
                    detail = parts.join(u", "_s) +
                             (snapshot.data->note.isEmpty() ? QString() : u"; "_s + snapshot.data->note) +
                             (detail.isEmpty() ? QString() : u"; "_s + detail);
                }
                rows.append(
                    {id.system, id.instance, QString::fromStdString(form["status"].get<std::string>()), detail});
            }
            printJsonOr(line, services, list,
                        rows.isEmpty() ? u"No instance has a health path in this workspace.\n"_s
                                       : tableText({u"SYSTEM"_s, u"INSTANCE"_s, u"STATUS"_s, u"COMPONENTS"_s}, rows));
            done(status);
        });
}

void runBreakersList(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    const auto start = startReading(line, services, EnvironmentSession::Breakers, context, done);
    if (!start)
        return;
    Reading *reading = start->reading;
    reading->whenSettled(
        start->timeout, [reading] { return reading->session.breakers->isSettled(); },
        [=] {
            Json list = Json::array();
            QList<QStringList> rows;
            bool unknown = false;
            for (const breakers::Breaker &breaker : reading->session.breakers->breakers()) {
                if (!wanted(line, breaker.id.system))
                    continue;
                list.push_back(breakerForm(breaker));
                unknown = unknown || (!breaker.controlLive && !breaker.gaugeLive);
                rows.append({breaker.id.system, breaker.id.name, breaker.id.instance,
                             breakers::stateWord(breaker.state()), breakers::modeWord(breaker.mode()),
                             breaker.gauge ? breaker.gauge->word() : u"not known"_s, rateText(failureRateOf(breaker)),
                             breaker.since ? clockText(*breaker.since, reading->session.zone) : u"not known"_s});
            }
            printJsonOr(line, services, list,
                        rows.isEmpty() ? u"No breaker is known.\n"_s
                                       : tableText({u"SYSTEM"_s, u"BREAKER"_s, u"INSTANCE"_s, u"STATE"_s, u"MODE"_s,
                                                    u"GAUGE"_s, u"FAILING"_s, u"SINCE"_s},
                                                   rows));
            QStringList silent;
            for (const refresh::SourceStatus &source : reading->session.monitor.statuses()) {
                if (source.freshness != Freshness::Live)
                    silent += source.name;
            }
            done(std::max<int>(unknown ? SourceUnreachable : Done,
                               reportSilent(services, reading->session.monitor, silent)));
        });
}

void runFlagsList(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    const auto start = startReading(line, services, EnvironmentSession::Flags, context, done);
    if (!start)
        return;
    Reading *reading = start->reading;
    reading->whenSettled(
        start->timeout, [reading] { return reading->session.flags->isSettled(); },
        [=] {
            Json list = Json::array();
            QList<QStringList> rows;
            for (const flags::Flag &flag : reading->session.flags->flags()) {
                if (!wanted(line, flag.id.system))
                    continue;
                const auto snapshot = reading->session.flags->instanceFlags(flag.id.system, flag.id.instance);
                list.push_back(flagForm(flag, snapshot.fetchedAt));
                rows.append({flag.id.system, flag.id.name, flag.id.instance, flag.value ? u"on"_s : u"off"_s,
                             flag.pendingRestart ? u"at restart"_s : u""_s, flag.updatedBy, flag.reason});
            }
            printJsonOr(line, services, list,
                        rows.isEmpty() ? u"No flag is known.\n"_s
                                       : tableText({u"SYSTEM"_s, u"FLAG"_s, u"INSTANCE"_s, u"VALUE"_s, u"PENDING"_s,
                                                    u"BY"_s, u"WHY"_s},
                                                   rows));
            done(reportSilent(services, reading->session.monitor, reading->session.monitor.silent()));
        });
}

} // namespace atalaya::console
