// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/misbehaving_server.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QMap>
#include <QtCore/QStringList>

namespace atalaya::test {

/// A service that keeps the control contract ops/1: breakers, flags, versions, idempotency keys, roles and an audit, in
/// memory, behind a MisbehavingServer. Counts what it really changed. A write may be made to go wrong around its
/// answer.
class OpsService
{
public:
    /// What happens to the answer of the next writes.
    enum class Fault
    {
        None,
        Hang,            ///< does it, never answers
        HangUndone,      ///< never answers and never does it
        LostReply,       ///< does it, closes without a word
        ResetBeforeHead, ///< does it, resets
        LostRequest,     ///< closes without a word and without doing it
        Redirect,        ///< 307 to `redirectTo`
        Status,          ///< `status`, undone
        StatusDone,      ///< `status`, but done
        Html,            ///< 200 with a log-in page, undone
        HtmlDone,        ///< the same, but done
        Empty,           ///< 200 without a body, done
        EmptyUndone,
        Truncated, ///< 200 with half the JSON, done
        Lie,       ///< 200 "applied", undone, and so recorded
    };
    struct Breaker
    {
        QString state = QStringLiteral("closed");
        QString mode = QStringLiteral("auto");
        bool enabled = true;
        int version = 17;
        QString forcedUntil;
    };
    struct Flag
    {
        bool value = false;
        bool configured = false;
        bool atRestart = false;
        int version = 3;
    };

    explicit OpsService(MisbehavingServer &server, const QString &instanceId = QStringLiteral("worker-1"));

    QMap<QString, Breaker> breakers;
    QMap<QString, Flag> flags;
    QString role = QStringLiteral("operator"); ///< of the one token, "operator-token"
    QStringList capabilities{QStringLiteral("breakers.read"), QStringLiteral("breakers.write"),
                             QStringLiteral("flags.read"), QStringLiteral("flags.write"), QStringLiteral("audit.read")};
    Fault fault = Fault::None;
    int status = 500;
    QByteArray redirectTo;
    QByteArray statusBody; ///< empty: a problem document of the status

    int changes() const { return m_changes; }           ///< how often the state of anything was changed
    int writes() const { return m_writes; }             ///< requests that asked for a change
    const QJsonArray &audit() const { return m_audit; } ///< newest first
    QByteArray lastWriteHeader(const QByteArray &name) const { return m_last.header(name); }
    QByteArray lastWriteBody() const { return m_last.body; }
    QByteArray lastWritePath() const { return m_last.path(); }
    /// A new process: what was forced is gone, and keys and audit with it.
    void restart();
    /// Registers paths for breakers and flags that were added.
    void serve();

private:
    struct Answer
    {
        int status = 200;
        QByteArray body;
        QByteArray etag;
    };
    Answer read(const ReceivedRequest &request) const;
    Answer write(const ReceivedRequest &request);
    Answer act(const ReceivedRequest &request, const QJsonObject &body);
    Answer resetAll(const ReceivedRequest &request, const QJsonObject &body);
    void misbehave(ServerConnection &connection, const ReceivedRequest &request);
    void reply(ServerConnection &connection, const Answer &answer) const;
    Answer problem(int status, const QString &code) const;
    void record(const ReceivedRequest &request, const QString &target, const QString &result);
    QByteArray etagOf(int version) const;
    QJsonObject breakerJson(const QString &name) const;
    QJsonObject flagJson(const QString &name) const;

    MisbehavingServer &m_server;
    QString m_instanceId;
    int m_life = 1;
    int m_changes = 0;
    int m_writes = 0;
    ReceivedRequest m_last;
    QJsonArray m_audit;
    QMap<QByteArray, std::pair<QByteArray, Answer>> m_kept; ///< by key: path and body, answer
};

} // namespace atalaya::test
