// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/stack/process_identity.h"
#include "models/base/result.h"

#include <QtCore/QObject>
#include <QtCore/QProcess>
#include <QtCore/QStringList>
#include <QtCore/QTimer>

namespace atalaya::stack {

/// One child of the stack. It is killed by the kernel the moment this process ends, however it ends; it stands in a
/// process group of its own, so that a Ctrl-C meant for the console reaches it only through us. Must be used from a
/// thread that lives as long as the process (the main thread): the kernel watches the thread that started it.
class ChildProcess final : public QObject
{
    Q_OBJECT
public:
    /// `name` is for messages; what the child writes to standard error goes to `logFile` (0600), with `hasLines` false
    /// its standard output too.
    ChildProcess(QString name, QString logFile, bool hasLines, QObject *parent = nullptr);
    ~ChildProcess() override;

    /// Before the start: let everything else go first.
    void makeGentle();
    void start(const QString &program, const QStringList &arguments, const QString &folder);
    /// Asks it to end (SIGTERM), and ends it by force after `grace`.
    void stop(std::chrono::milliseconds grace);
    void endNow();

    const QString &name() const { return m_name; }
    bool isActive() const { return m_process.state() != QProcess::NotRunning; }
    /// Whether its last run ended by itself with status 0.
    bool hasEndedWell() const { return m_hasEndedWell; }
    /// While it runs.
    std::optional<ProcessIdentity> identity() const { return identityOf(m_process.processId()); }
    /// The last lines of its log, for an error's words.
    QString lastWords() const;

Q_SIGNALS:
    void started();
    void lineWritten(const QByteArray &line);
    /// Once for each start, also when it could not be started; `error` says how it ended.
    void ended(const atalaya::Error &error);

private:
    void takeLines();
    void report(ErrorKind kind, const QString &summary);

    QString m_name;
    QString m_logFile;
    bool m_hasLines;
    QProcess m_process;
    QTimer m_grace;
    bool m_hasEndedWell = false;
};

} // namespace atalaya::stack
