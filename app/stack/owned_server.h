// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/stack/child_process.h"
#include "models/http/transport.h"

#include <QtCore/QUrl>

#include <functional>

namespace atalaya::stack {

/// A server as our child on a loopback port. The port is chosen free, but between choice and use another process may
/// take it; so the answer on it is asked who it is, and where it is not ours another port is tried.
class OwnedServer final : public QObject
{
    Q_OBJECT
public:
    struct Recipe
    {
        QString name;
        QString program;
        QString folder; ///< its working directory
        QString logFile;
        std::function<QStringList(quint16 port)> arguments;
        QString identityPath;                           ///< asked until it answers
        std::function<bool(const QByteArray &)> isOurs; ///< reads that answer
        std::function<quint16()> choosePort;            ///< empty: a free one from the system
        Milliseconds deadline{60'000};
    };

    OwnedServer(http::Transport &transport, Recipe recipe, QObject *parent = nullptr);

    void start();
    /// Ends it, gracefully at first; it is not tried again, and nothing is signalled any more.
    void stop(std::chrono::milliseconds grace);
    ChildProcess &process() { return m_process; }
    QUrl url() const;

Q_SIGNALS:
    /// Answers, and is ours.
    void ready();
    /// Could not be brought up, or ended later without being told to.
    void failed(const atalaya::Error &error);

private:
    void tryPort();
    void ask();
    void take(const Result<http::HttpResponse> &answer);
    void takeEnd(const Error &error);
    void giveUp(Error error);

    http::Transport &m_transport;
    Recipe m_recipe;
    ChildProcess m_process;
    QTimer m_pause;
    QTimer m_deadline;
    quint16 m_port = 0;
    int m_attempt = 0;
    bool m_isReady = false;
    bool m_isAnothers = false; ///< the port turned out to be another process's; our child is being ended
    bool m_isOver = false;
};

/// A port of 127.0.0.1 that nobody listens on at this moment; 0 when there is none.
quint16 freePort();
/// Whether `/api/v1/status/flags` is the answer of the Prometheus that was started with this configuration file.
bool isPrometheusOf(const QString &configFile, const QByteArray &flagsAnswer);
/// Whether `/api/v2/status` is the answer of the Alertmanager whose configuration has this receiver.
bool isAlertmanagerOf(const QString &marker, const QByteArray &statusAnswer);

} // namespace atalaya::stack
