// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/stack/drill_addresses.h"
#include "app/stack/fleet_process.h"
#include "app/stack/owned_server.h"
#include "app/stack/server_programs.h"
#include "app/stack/stack_folder.h"
#include "app/stack/stack_plan.h"

#include <QtCore/QPointer>

#include <memory>

namespace atalaya::stack {

class HistoryFeed;

struct DrillOptions
{
    double speed = 1;     ///< 1 to 30
    bool keep = false;    ///< the folder stays when the stack has ended
    bool history = true;  ///< six hours of the drill's time are written beside it
    QString parentFolder; ///< empty: stacksFolder()
    ProgramWishes programs;
    quint64 seed = 1;
};

/// A whole environment to practise in: Prometheus, Alertmanager and the fleet as children on loopback, in a private
/// folder, with a workspace file that names them. Nothing blocks. Whatever way this process ends, the children end with
/// it; a stack left behind by a process that was killed is cleared at the next start. Use from the main thread.
class DrillStack final : public QObject
{
    Q_OBJECT
public:
    /// `transport` outlives it.
    DrillStack(http::Transport &transport, DrillOptions options, QObject *parent = nullptr);
    /// Ends everything by force.
    ~DrillStack() override;

    void start();
    /// Gracefully, then by force; `ended` follows. Does nothing a second time.
    void stop();

    bool isReady() const { return m_phase == Phase::Ready; }
    /// Whole once it is ready.
    const DrillAddresses &addresses() const { return m_record.addresses; }

Q_SIGNALS:
    /// A short clause on what is done now.
    void progress(const QString &text);
    void ready(const atalaya::stack::DrillAddresses &addresses);
    /// The history is in Prometheus' folder; it shows within a minute.
    void historyWritten();
    /// History could not be written; the stack goes on without it.
    void historyFailed(const atalaya::Error &error);
    /// It could not be brought up, or a part of it ended by itself. The rest is ended too; `ended` follows.
    void failed(const atalaya::Error &error);
    /// Everything has ended, and the folder is gone unless it was to be kept.
    void ended();

private:
    enum class Phase
    {
        New,
        Starting,
        Ready,
        Stopping,
        Ended
    };

    Result<void> checkOptions() const;
    void prepared(const Result<QString> &stackDir);
    Result<void> writeBeginnings();
    void startAlertmanager();
    void startFleet();
    void fleetReady(const FleetReady &fleet);
    void startPrometheusWhenReady();
    void becomeReady();
    void startHistory();
    void adopt(ChildProcess &process);
    void fail(const Error &error);
    QList<ChildProcess *> activeChildren();
    void finishWhenAllEnded();
    QString inFolder(const QString &name) const { return m_stackDir + u'/' + name; }

    http::Transport &m_transport;
    DrillOptions m_options;
    Pace m_pace;
    Phase m_phase = Phase::New;
    ServerPrograms m_programs;
    QList<SystemPlan> m_systems;
    StackRecord m_record;
    QString m_stackDir;
    QString m_marker;
    TokenFiles m_tokens;
    bool m_isFleetReady = false;
    bool m_isAlertmanagerReady = false;
    std::unique_ptr<FleetProcess> m_fleet;
    std::unique_ptr<OwnedServer> m_alertmanager;
    std::unique_ptr<OwnedServer> m_prometheus;
    std::unique_ptr<HistoryFeed> m_history;
};

} // namespace atalaya::stack
