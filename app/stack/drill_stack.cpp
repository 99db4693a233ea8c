// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/drill_stack.h"

#include "app/stack/history_feed.h"
#include "app/stack/private_files.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QThreadPool>

namespace atalaya::stack {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr double mostSpeed = 30;
constexpr auto graceForChildren = 5s;

QStringList shippedDashboards()
{
    QStringList files;
    for (const QString &name : QDir(u":/dashboards"_s).entryList({u"*.json"_s}, QDir::Files, QDir::Name))
        files.append(u":/dashboards/"_s + name);
    return files;
}

} // namespace

DrillStack::DrillStack(http::Transport &transport, DrillOptions options, QObject *parent)
    : QObject(parent), m_transport(transport), m_options(std::move(options)), m_pace{m_options.speed}
{
}

DrillStack::~DrillStack()
{
    const QList<ChildProcess *> children = activeChildren();
    for (ChildProcess *child : children)
        child->endNow();
    if (!m_stackDir.isEmpty() && m_phase != Phase::Ended && !m_options.keep)
        QDir(m_stackDir).removeRecursively();
}

void DrillStack::start()
{
    if (m_phase != Phase::New)
        return;
    m_phase = Phase::Starting;
    const auto environment = QProcessEnvironment::systemEnvironment();
    Result<void> usable = checkOptions();
    const Result<ServerPrograms> programs =
        findServerPrograms(m_options.programs, environment, QCoreApplication::applicationDirPath());
    const Result<QList<SystemPlan>> systems = bundledSystems();
    if (usable && !programs)
        usable = failure(programs.error());
    if (usable && !systems)
        usable = failure(systems.error());
    if (!usable) {
        // Not from inside start(): the caller may not listen yet.
        QMetaObject::invokeMethod(
            this, [this, error = usable.error()] { fail(error); }, Qt::QueuedConnection);
        return;
    }
    m_programs = *programs;
    m_systems = *systems;
    m_record = recordOfThisProcess();
    m_record.isKept = m_options.keep;
    if (m_options.parentFolder.isEmpty())
        m_options.parentFolder = stacksFolder(environment);

    Q_EMIT progress(u"looking for stacks left behind"_s);
    const Pending<QString> folder = decodeOffThread<QString>(
        readyNow<QString>(m_options.parentFolder), [record = m_record](const QString &parent) -> Result<QString> {
            clearStaleStacks(parent);
            return createStackFolder(parent, record);
        });
    whenDone(folder, this, [this](const Result<QString> &stackDir) { prepared(stackDir); });
}

Result<void> DrillStack::checkOptions() const
{
    if (m_options.speed >= 1 && m_options.speed <= mostSpeed)
        return {};
    return failure(ErrorKind::BadInput, u"speed"_s, u"must be from 1 to %1"_s.arg(mostSpeed));
}

void DrillStack::prepared(const Result<QString> &stackDir)
{
    if (!stackDir) {
        if (m_phase == Phase::Starting)
            fail(stackDir.error());
        else
            finishWhenAllEnded();
        return;
    }
    m_stackDir = *stackDir;
    m_record.addresses.stackDir = m_stackDir;
    m_record.addresses.pid = m_record.owner.pid;
    m_record.addresses.speed = m_options.speed;
    if (m_phase != Phase::Starting) {
        finishWhenAllEnded();
        return;
    }
    if (const Result<void> written = writeBeginnings(); !written) {
        fail(written.error());
        return;
    }
    Q_EMIT progress(u"starting the fleet and Alertmanager"_s);
    startFleet();
    startAlertmanager();
}

Result<void> DrillStack::writeBeginnings()
{
    for (const QString &folder : {u"logs"_s, u"rules"_s, u"secrets"_s, u"prometheus"_s, u"alertmanager"_s}) {
        if (Result<void> made = makePrivateFolder(inFolder(folder)); !made)
            return made;
    }
    m_tokens = {inFolder(u"secrets/viewer"_s), inFolder(u"secrets/operator"_s), inFolder(u"secrets/admin"_s)};
    for (const QString &file : {m_tokens.viewer, m_tokens.operatorFile, m_tokens.admin}) {
        if (Result<void> written = writePrivateFile(file, newSecret()); !written)
            return written;
    }
    m_marker = u"drill-"_s + QString::fromLatin1(newSecret().left(16));
    const Result<QByteArray> alertmanager = alertmanagerConfig(m_pace, m_marker);
    if (!alertmanager)
        return failure(alertmanager.error());
    if (Result<void> written = writePrivateFile(inFolder(u"alertmanager.yml"_s), *alertmanager); !written)
        return written;
    for (const SystemPlan &system : std::as_const(m_systems)) {
        const Result<QByteArray> rules = rulesFor(system, m_pace);
        if (!rules)
            return failure(rules.error());
        if (Result<void> written = writePrivateFile(inFolder(u"rules/%1.yml"_s.arg(system.key)), *rules); !written)
            return written;
    }
    return writePrivateFile(inFolder(u"fleet.json"_s),
                            fleetConfig(m_systems, m_pace, m_options.seed, m_tokens, inFolder(u"logs"_s)));
}

void DrillStack::startFleet()
{
    m_fleet = std::make_unique<FleetProcess>(m_programs.fleet, inFolder(u"fleet.json"_s), m_stackDir,
                                             inFolder(u"logs/fleet.log"_s));
    adopt(m_fleet->process());
    connect(m_fleet.get(), &FleetProcess::ready, this, &DrillStack::fleetReady);
    connect(m_fleet.get(), &FleetProcess::failed, this, &DrillStack::fail);
    m_fleet->start();
}

void DrillStack::fleetReady(const FleetReady &fleet)
{
    if (m_phase != Phase::Starting)
        return;
    m_record.addresses.instances = fleet.instances;
    m_record.addresses.fleetAdmin = fleet.adminUrl;
    m_record.addresses.adminTokenFile = m_tokens.admin;
    m_isFleetReady = true;
    startHistory();
    startPrometheusWhenReady();
}

void DrillStack::startAlertmanager()
{
    OwnedServer::Recipe recipe;
    recipe.name = u"alertmanager"_s;
    recipe.program = m_programs.alertmanager;
    recipe.folder = m_stackDir;
    recipe.logFile = inFolder(u"logs/alertmanager.log"_s);
    recipe.arguments = [this](quint16 port) {
        return QStringList{u"--config.file=%1"_s.arg(inFolder(u"alertmanager.yml"_s)),
                           u"--storage.path=%1"_s.arg(inFolder(u"alertmanager"_s)),
                           u"--web.listen-address=127.0.0.1:%1"_s.arg(port), u"--cluster.listen-address="_s};
    };
    recipe.identityPath = u"/api/v2/status"_s;
    recipe.isOurs = [marker = m_marker](const QByteArray &answer) { return isAlertmanagerOf(marker, answer); };
    m_alertmanager = std::make_unique<OwnedServer>(m_transport, std::move(recipe));
    adopt(m_alertmanager->process());
    connect(m_alertmanager.get(), &OwnedServer::ready, this, [this] {
        m_record.addresses.alertmanager = m_alertmanager->url();
        m_isAlertmanagerReady = true;
        startPrometheusWhenReady();
    });
    connect(m_alertmanager.get(), &OwnedServer::failed, this, &DrillStack::fail);
    m_alertmanager->start();
}

void DrillStack::startPrometheusWhenReady()
{
    if (m_phase != Phase::Starting || !m_isFleetReady || !m_isAlertmanagerReady || m_prometheus)
        return;
    Q_EMIT progress(u"starting Prometheus"_s);
    const QString configFile = inFolder(u"prometheus.yml"_s);
    const Result<QByteArray> config = prometheusConfig(m_systems, m_pace, m_record.addresses);
    const Result<void> written = config ? writePrivateFile(configFile, *config) : Result<void>(failure(config.error()));
    if (!written) {
        fail(written.error());
        return;
    }
    OwnedServer::Recipe recipe;
    recipe.name = u"prometheus"_s;
    recipe.program = m_programs.prometheus;
    recipe.folder = m_stackDir;
    recipe.logFile = inFolder(u"logs/prometheus.log"_s);
    recipe.arguments = [this, configFile](quint16 port) {
        return QStringList{u"--config.file=%1"_s.arg(configFile),
                           u"--storage.tsdb.path=%1"_s.arg(inFolder(u"prometheus"_s)),
                           u"--web.listen-address=127.0.0.1:%1"_s.arg(port)};
    };
    recipe.identityPath = u"/api/v1/status/flags"_s;
    recipe.isOurs = [configFile](const QByteArray &answer) { return isPrometheusOf(configFile, answer); };
    m_prometheus = std::make_unique<OwnedServer>(m_transport, std::move(recipe));
    adopt(m_prometheus->process());
    connect(m_prometheus.get(), &OwnedServer::ready, this, [this] {
        m_record.addresses.prometheus = m_prometheus->url();
        becomeReady();
    });
    connect(m_prometheus.get(), &OwnedServer::failed, this, &DrillStack::fail);
    m_prometheus->start();
}

void DrillStack::becomeReady()
{
    if (m_phase != Phase::Starting)
        return;
    const QString file = inFolder(u"workspace.json"_s);
    Result<void> written =
        writePrivateFile(file, workspaceFile(m_systems, m_pace, m_record.addresses, m_tokens, shippedDashboards()));
    if (written) {
        m_record.addresses.workspaceFile = file;
        written = writeRecord(m_stackDir, m_record);
    }
    if (!written) {
        fail(written.error());
        return;
    }
    m_phase = Phase::Ready;
    if (m_history)
        m_history->watchPrometheus(m_record.addresses.prometheus);
    Q_EMIT ready(m_record.addresses);
}

void DrillStack::startHistory()
{
    if (!m_options.history)
        return;
    HistoryFeed::Plan plan;
    plan.fleetProgram = m_programs.fleet;
    plan.fleetConfig = inFolder(u"fleet.json"_s);
    plan.promtool = m_programs.promtool;
    plan.workFolder = inFolder(u"history"_s);
    plan.dataFolder = inFolder(u"prometheus"_s);
    plan.logFile = inFolder(u"logs/history.log"_s);
    plan.step = m_pace.scrapeInterval();
    plan.span = m_pace.shortened(6h);
    for (const SystemPlan &system : std::as_const(m_systems)) {
        for (const DrillInstance &instance : std::as_const(m_record.addresses.instances)) {
            if (instance.system == system.key)
                plan.targets.append({system.job, instance.id, instance.url, system.metricsPath});
        }
    }
    m_history = std::make_unique<HistoryFeed>(m_transport, std::move(plan));
    for (ChildProcess *child : m_history->processes())
        adopt(*child);
    connect(m_history.get(), &HistoryFeed::progress, this, &DrillStack::progress);
    connect(m_history.get(), &HistoryFeed::written, this, &DrillStack::historyWritten);
    connect(m_history.get(), &HistoryFeed::failed, this, &DrillStack::historyFailed);
    m_history->start();
}

void DrillStack::adopt(ChildProcess &process)
{
    connect(&process, &ChildProcess::started, this, [this, &process] {
        if (const auto identity = process.identity()) {
            m_record.children.append(*identity);
            // Without it a stale stack's children could not be told: better no stack than one that cannot be cleared.
            if (const Result<void> written = writeRecord(m_stackDir, m_record); !written)
                fail(written.error());
        }
    });
    connect(&process, &ChildProcess::ended, this, [this] {
        erase_if(m_record.children, [](const ProcessIdentity &child) { return !isRunning(child); });
        finishWhenAllEnded();
    });
}

void DrillStack::fail(const Error &error)
{
    if (m_phase == Phase::Stopping || m_phase == Phase::Ended)
        return;
    Q_EMIT failed(error);
    stop();
}

void DrillStack::stop()
{
    if (m_phase == Phase::Stopping || m_phase == Phase::Ended)
        return;
    const bool isFolderUnderWay = m_phase == Phase::Starting && m_stackDir.isEmpty() && m_record.owner.pid != 0;
    m_phase = Phase::Stopping;
    if (m_history)
        m_history->stop();
    if (m_prometheus)
        m_prometheus->stop(graceForChildren);
    if (m_alertmanager)
        m_alertmanager->stop(graceForChildren);
    if (m_fleet)
        m_fleet->process().stop(graceForChildren);
    // The folder that is being made in another thread comes back to prepared(), which finishes.
    if (!isFolderUnderWay)
        QMetaObject::invokeMethod(this, &DrillStack::finishWhenAllEnded, Qt::QueuedConnection);
}

QList<ChildProcess *> DrillStack::activeChildren()
{
    QList<ChildProcess *> children;
    if (m_fleet)
        children.append(&m_fleet->process());
    if (m_alertmanager)
        children.append(&m_alertmanager->process());
    if (m_prometheus)
        children.append(&m_prometheus->process());
    if (m_history)
        children += m_history->processes();
    erase_if(children, [](const ChildProcess *child) { return !child->isActive(); });
    return children;
}

void DrillStack::finishWhenAllEnded()
{
    if (m_phase != Phase::Stopping || !activeChildren().isEmpty())
        return;
    m_phase = Phase::Ended;
    if (m_stackDir.isEmpty() || m_options.keep) {
        Q_EMIT ended();
        return;
    }
    const Pending<bool> removed =
        decodeOffThread<bool>(readyNow<QString>(m_stackDir),
                              [](const QString &folder) -> Result<bool> { return QDir(folder).removeRecursively(); });
    whenDone(removed, this, [this](const Result<bool> &) { Q_EMIT ended(); });
}

} // namespace atalaya::stack

#include "moc_drill_stack.cpp"
