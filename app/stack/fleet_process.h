// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/stack/child_process.h"
#include "app/stack/drill_addresses.h"

#include <QtCore/QUrl>

namespace atalaya::stack {

/// What the fleet says on standard output once all its instances answer.
struct FleetReady
{
    QList<DrillInstance> instances;
    QUrl adminUrl;

    bool operator==(const FleetReady &) const = default;
};

/// Reads that line. Malformed when it is not one, or names an address outside this machine.
Result<FleetReady> decodeFleetReady(const QByteArray &line);

/// `atalaya-fleet` as our child. It chooses its ports itself and tells them on its standard output, which only our
/// child writes: so its answers are ours without asking.
class FleetProcess final : public QObject
{
    Q_OBJECT
public:
    FleetProcess(QString program, QString configFile, QString folder, QString logFile, QObject *parent = nullptr);

    void start();
    ChildProcess &process() { return m_process; }

Q_SIGNALS:
    void ready(const atalaya::stack::FleetReady &ready);
    void failed(const atalaya::Error &error);

private:
    void takeLine(const QByteArray &line);
    void giveUp(const Error &error);

    QString m_program;
    QString m_configFile;
    QString m_folder;
    ChildProcess m_process;
    QTimer m_deadline;
    bool m_isReady = false;
    bool m_isOver = false;
};

} // namespace atalaya::stack
