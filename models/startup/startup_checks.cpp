// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/startup/startup_checks.h"

#include "models/base/quantity.h"

#include <QtCore/QRegularExpression>

namespace atalaya::startup {

using namespace Qt::Literals::StringLiterals;

namespace {

QString pass()
{
    return u"pass"_s;
}

QString warning()
{
    return u"warning"_s;
}

QString fail()
{
    return u"fail"_s;
}

QString referenceText(const workspace::SecretReference &reference)
{
    switch (reference.kind) {
    case workspace::SecretReference::Kind::Keyring:
        return u"keyring "_s + reference.name;
    case workspace::SecretReference::Kind::Environment:
        return u"env "_s + reference.name;
    case workspace::SecretReference::Kind::File:
        return u"file "_s + reference.name;
    default:
        return u"to be asked for"_s;
    }
}

/// Every secret that reading needs, once.
QList<workspace::SecretReference> secretsOf(const workspace::Environment &environment)
{
    QList<workspace::SecretReference> references;
    const auto take = [&](const workspace::Auth &auth) {
        if (auth.secret.kind != workspace::SecretReference::Kind::None && !references.contains(auth.secret))
            references += auth.secret;
    };
    for (const workspace::Source &source : environment.sources) {
        take(source.access.auth);
        take(source.writeAuth);
    }
    for (const workspace::System &system : environment.systems) {
        for (const workspace::Instance &instance : system.instances)
            take(instance.access.auth);
        if (system.health)
            take(system.health->auth);
        take(system.startupAuth);
        for (const auto &control : {system.breakers, system.flags}) {
            if (control) {
                take(control->auth);
                take(control->writeAuth);
            }
        }
    }
    return references;
}

QString prometheusOf(const workspace::Environment &environment, const workspace::System &system)
{
    if (!system.prometheus.isEmpty())
        return system.prometheus;
    for (const workspace::Source &source : environment.sources) {
        if (source.kind == workspace::SourceKind::Prometheus)
            return source.name;
    }
    return {};
}

} // namespace

StartupChecks::StartupChecks(const workspace::Workspace &workspace, const workspace::Environment &environment,
                             const CheckedStores &stores, workspace::SecretSource &secrets, const Clock &clock,
                             QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_environment(environment)
    , m_stores(stores)
    , m_secrets(secrets)
    , m_clock(clock)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &StartupChecks::conclude);
}

void StartupChecks::run(Milliseconds deadline)
{
    m_began = m_clock.elapsed();
    m_deadline.start(deadline);
    const std::size_t workspace = add(u"workspace"_s, true);
    end(workspace, m_workspace.warnings.isEmpty() ? pass() : warning(),
        m_workspace.warnings.isEmpty()
            ? counted(m_environment.systems.size(), u"%1 system"_s, u"%1 systems"_s) + u", "_s +
                  counted(m_environment.sources.size(), u"%1 source"_s, u"%1 sources"_s)
            : m_workspace.warnings.join(u"; "_s));
    addSecrets();
    addSources();
    addInstances();
    addExpectedMetrics();
    connect(&m_stores.alerts, &alerts::AlertStore::changed, this, &StartupChecks::look);
    connect(&m_stores.health, &health::HealthStore::changed, this, &StartupChecks::look);
    connect(&m_stores.breakers, &breakers::BreakerStore::changed, this, &StartupChecks::look);
    connect(&m_stores.flags, &flags::FlagStore::changed, this, &StartupChecks::look);
    connect(&m_stores.monitor, &refresh::SourceMonitor::changed, this, &StartupChecks::look);
    m_isComplete = true;
    QMetaObject::invokeMethod(this, &StartupChecks::look, Qt::QueuedConnection);
}

void StartupChecks::addSecrets()
{
    for (const workspace::SecretReference &reference : secretsOf(m_environment)) {
        const std::size_t index = add(u"secret "_s + referenceText(reference), true);
        whenDone(m_secrets.read(reference), this, [this, index](const Result<QByteArray> &secret) {
            if (secret && secret->isEmpty())
                end(index, fail(), u"is empty"_s);
            else
                end(index, secret ? pass() : fail(), secret ? u"can be read"_s : sentenceFor(secret.error()));
        });
    }
}

void StartupChecks::addSources()
{
    for (const workspace::Source &source : m_environment.sources) {
        if (source.kind == workspace::SourceKind::Loki) {
            end(add(u"loki "_s + source.name, false), warning(), u"logs are not read by this version"_s);
            continue;
        }
        const QString kind = source.kind == workspace::SourceKind::Prometheus ? u"prometheus "_s : u"alertmanager "_s;
        add(kind + source.name, true, [this, name = source.name](Check &check) {
            const auto status = m_stores.monitor.status(name);
            if (!status || status->freshness == Freshness::Waiting)
                return;
            check.isDone = true;
            check.outcome.status = status->freshness == Freshness::Live ? pass() : fail();
            check.outcome.message = status->error ? sentenceFor(*status->error) : u"answers"_s;
        });
    }
}

void StartupChecks::addInstances()
{
    for (const workspace::System &system : m_environment.systems) {
        for (const workspace::Instance &instance : system.instances) {
            const QString name = system.key + u'/' + instance.name;
            if (system.health) {
                add(u"health "_s + name, true,
                    [this, id = health::InstanceId{system.key, instance.name}](Check &check) {
                        const auto snapshot = m_stores.health.health(id);
                        if (!snapshot.data && !snapshot.error)
                            return;
                        check.isDone = true;
                        if (snapshot.error) {
                            check.outcome.status = fail();
                            check.outcome.message = sentenceFor(*snapshot.error);
                            return;
                        }
                        const health::HealthStatus status = snapshot.data->status;
                        check.outcome.status = status == health::HealthStatus::Healthy ? pass() : warning();
                        check.outcome.message = health::statusWord(status);
                    });
            }
            if (system.breakers && system.breakers->adapter != u"gauge") {
                add(u"breakers "_s + name, true, [this, key = system.key, instance = instance.name](Check &check) {
                    if (!m_stores.breakers.isSettled())
                        return;
                    int read = 0;
                    QString error;
                    for (const breakers::Breaker &breaker : m_stores.breakers.breakers()) {
                        if (breaker.id.system != key || breaker.id.instance != instance)
                            continue;
                        read += breaker.controlLive ? 1 : 0;
                        if (error.isEmpty())
                            error = breaker.controlError;
                    }
                    check.isDone = true;
                    const bool none = m_stores.breakers.systemsWithout().contains(key);
                    check.outcome.status = read > 0 || none ? pass() : fail();
                    check.outcome.message =
                        read > 0 ? counted(read, u"%1 breaker read"_s, u"%1 breakers read"_s)
                        : none   ? u"declares no breakers"_s
                                 : (error.isEmpty() ? u"the control endpoint names no breaker"_s : error);
                });
            }
            if (system.flags) {
                add(u"flags "_s + name, true, [this, key = system.key, instance = instance.name](Check &check) {
                    const auto snapshot = m_stores.flags.instanceFlags(key, instance);
                    if (!snapshot.data && !snapshot.error && !m_stores.flags.systemsWithout().contains(key))
                        return;
                    check.isDone = true;
                    check.outcome.status = snapshot.error ? fail() : pass();
                    check.outcome.message = snapshot.error ? sentenceFor(*snapshot.error)
                                            : snapshot.data
                                                ? counted(snapshot.data->size(), u"%1 flag read"_s, u"%1 flags read"_s)
                                                : u"declares no flags"_s;
                });
            }
        }
    }
}

void StartupChecks::addExpectedMetrics()
{
    const auto expect = [this](const QString &name, const QString &source, const QString &expr,
                               const QString &missing) {
        if (source.isEmpty())
            return;
        const std::size_t index = add(name, false);
        whenDone(m_stores.metrics.fetchOnce(source, expr, m_clock.now()), this,
                 [this, index, missing](const Result<metrics::QueryResult> &answer) {
                     if (!answer)
                         end(index, fail(), sentenceFor(answer.error()));
                     else if (answer->series.empty())
                         end(index, warning(), missing);
                     else
                         end(index, pass(), u"%1 series"_s.arg(answer->series.size()));
                 });
    };
    for (const workspace::System &system : m_environment.systems) {
        const QString source = prometheusOf(m_environment, system);
        if (!system.selector.isEmpty())
            expect(u"metric %1 up"_s.arg(system.key), source, u"up{%1}"_s.arg(system.selector),
                   u"Prometheus has no target for {%1}; check the selector"_s.arg(system.selector));
        if (system.breakers && system.breakers->gauge) {
            const workspace::BreakerGauge &gauge = *system.breakers->gauge;
            const QString label = gauge.nameLabel.isEmpty() ? QString() : u"%1!=\"\""_s.arg(gauge.nameLabel);
            const QStringList parts = QStringList{system.selector, label}.filter(QRegularExpression(u"."_s));
            expect(u"metric %1 %2"_s.arg(system.key, gauge.metric), source,
                   u"%1{%2}"_s.arg(gauge.metric, parts.join(u',')),
                   label.isEmpty() ? u"Prometheus does not have it"_s
                                   : u"Prometheus does not have it with the label %1"_s.arg(gauge.nameLabel));
        }
        for (const workspace::GoldenSignal &signal : system.golden)
            expect(u"signal %1 %2"_s.arg(system.key, signal.title), source, signal.expr,
                   u"the query answers nothing"_s);
    }
}

std::size_t StartupChecks::add(const QString &name, bool critical, std::function<void(Check &)> look)
{
    Check check;
    check.outcome.name = name;
    check.outcome.critical = critical;
    check.look = std::move(look);
    m_checks.push_back(std::move(check));
    return m_checks.size() - 1;
}

void StartupChecks::end(std::size_t index, const QString &status, const QString &message)
{
    Check &check = m_checks.at(index);
    if (check.isDone || m_isOver)
        return;
    check.isDone = true;
    check.outcome.status = status;
    check.outcome.message = message;
    check.outcome.durationMs = static_cast<double>((m_clock.elapsed() - m_began).count());
    look();
}

void StartupChecks::look()
{
    // While checks are still being added, those that have ended are not all.
    if (m_isOver || !m_isComplete)
        return;
    bool all = true;
    for (Check &check : m_checks) {
        if (!check.isDone && check.look) {
            check.look(check);
            if (check.isDone)
                check.outcome.durationMs = static_cast<double>((m_clock.elapsed() - m_began).count());
        }
        all = all && check.isDone;
    }
    if (all && m_deadline.isActive())
        QMetaObject::invokeMethod(this, &StartupChecks::conclude, Qt::QueuedConnection);
}

void StartupChecks::conclude()
{
    if (m_isOver)
        return;
    m_isOver = true;
    m_deadline.stop();
    health::StartupReport report;
    report.status = u"healthy"_s;
    report.totalDurationMs = static_cast<double>((m_clock.elapsed() - m_began).count());
    for (Check &check : m_checks) {
        if (!check.isDone) {
            check.outcome.status = fail();
            check.outcome.message = u"no answer within %1 s"_s.arg(report.totalDurationMs / 1000, 0, 'f', 1);
            check.outcome.durationMs = report.totalDurationMs;
        }
        if (check.outcome.status == fail() && check.outcome.critical)
            report.status = u"unhealthy"_s;
        report.checks.append(check.outcome);
    }
    Q_EMIT finished(report);
}

} // namespace atalaya::startup

#include "moc_startup_checks.cpp"
