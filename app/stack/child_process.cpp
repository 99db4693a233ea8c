// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/child_process.h"

#include "app/stack/private_files.h"

#include <QtCore/QFile>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

namespace atalaya::stack {

using namespace Qt::Literals::StringLiterals;

namespace {

// Runs between fork and exec: async-signal-safe calls only.
void tieToOwner(pid_t owner, int niceness)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // The owner may have ended before the line above.
    if (::getppid() != owner)
        ::_exit(127);
    ::setpgid(0, 0);
    if (niceness != 0)
        ::setpriority(PRIO_PROCESS, 0, niceness);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

} // namespace

ChildProcess::ChildProcess(QString name, QString logFile, bool hasLines, QObject *parent)
    : QObject(parent), m_name(std::move(name)), m_logFile(std::move(logFile)), m_hasLines(hasLines)
{
    const pid_t owner = ::getpid();
    m_process.setChildProcessModifier([owner] { tieToOwner(owner, 0); });
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(m_logFile, QIODevice::Append);
    if (m_hasLines)
        connect(&m_process, &QProcess::readyReadStandardOutput, this, &ChildProcess::takeLines);
    else
        m_process.setStandardOutputFile(m_logFile, QIODevice::Append);

    connect(&m_process, &QProcess::started, this, &ChildProcess::started);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            report(ErrorKind::Storage, u"cannot be started: "_s + m_process.errorString());
    });
    connect(&m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        if (m_hasLines)
            takeLines();
        m_hasEndedWell = status == QProcess::NormalExit && code == 0;
        report(ErrorKind::Server, status == QProcess::CrashExit ? u"was ended by signal %1"_s.arg(code)
                                                                : u"ended with status %1"_s.arg(code));
    });
    m_grace.setSingleShot(true);
    connect(&m_grace, &QTimer::timeout, &m_process, &QProcess::kill);
}

ChildProcess::~ChildProcess()
{
    endNow();
}

void ChildProcess::makeGentle()
{
    constexpr int gentle = 10;
    m_process.setChildProcessModifier([owner = ::getpid()] { tieToOwner(owner, gentle); });
}

void ChildProcess::start(const QString &program, const QStringList &arguments, const QString &folder)
{
    // The log must exist privately before the child's own open could make it with the umask's mode.
    if (!QFile::exists(m_logFile)) {
        if (Result<void> made = writePrivateFile(m_logFile, {}); !made) {
            Q_EMIT ended(made.error());
            return;
        }
    }
    m_hasEndedWell = false;
    m_process.setWorkingDirectory(folder);
    m_process.start(program, arguments, QIODevice::ReadOnly);
}

void ChildProcess::stop(std::chrono::milliseconds grace)
{
    if (!isActive())
        return;
    m_process.terminate();
    m_grace.start(grace);
}

void ChildProcess::endNow()
{
    m_grace.stop();
    if (!isActive())
        return;
    m_process.disconnect(this);
    m_process.kill();
    // SIGKILL cannot be refused; this only collects the child, so that it does not stay a zombie.
    m_process.waitForFinished(2'000);
}

QString ChildProcess::lastWords() const
{
    QFile log(m_logFile);
    if (!log.open(QIODevice::ReadOnly))
        return {};
    constexpr qint64 tail = 600;
    if (log.size() > tail)
        log.seek(log.size() - tail);
    return QString::fromUtf8(log.readAll()).trimmed();
}

void ChildProcess::takeLines()
{
    while (m_process.canReadLine())
        Q_EMIT lineWritten(m_process.readLine().trimmed());
}

void ChildProcess::report(ErrorKind kind, const QString &summary)
{
    m_grace.stop();
    Error error;
    error.kind = kind;
    error.endpoint = m_name;
    error.summary = summary;
    error.serverWords = lastWords();
    Q_EMIT ended(error);
}

} // namespace atalaya::stack

#include "moc_child_process.cpp"
