// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/misbehaving_server.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace atalaya::alerts::test {

/// Alertmanager 0.25's silences, in memory: an extension keeps its id only with the stored start and while it is not
/// over; an expiry has an empty answer and may be repeated. Counts what it changed.
class AlertmanagerService
{
public:
    enum class Fault
    {
        None,
        Hang,        ///< does it, never answers
        LostReply,   ///< does it, closes
        LostRequest, ///< closes without doing it
        Status,      ///< `status`, undone
        Html,        ///< 200 with a page, undone
        Empty,       ///< 200 without a body, done
    };

    explicit AlertmanagerService(atalaya::test::MisbehavingServer &server) : m_server(server)
    {
        server.on("/api/v2/silences",
                  {{[this](atalaya::test::ServerConnection &connection, const atalaya::test::ReceivedRequest &request) {
                      if (request.method == "POST")
                          write(connection, request);
                      else
                          say(connection, 200, QJsonDocument(list()).toJson());
                  }}});
    }

    Fault fault = Fault::None;
    int status = 500;
    int writes = 0, changes = 0;
    QByteArray lastBody, lastMethod;

    QJsonArray list() const { return m_silences; }
    QString wordOf(const QString &id) const
    {
        for (const QJsonValue &value : m_silences) {
            if (value[QStringLiteral("id")].toString() == id)
                return value[QStringLiteral("status")][QStringLiteral("state")].toString();
        }
        return QStringLiteral("gone");
    }
    /// As somebody else would.
    QString add(const QJsonObject &silence) { return put(silence); }
    void expire(const QString &id)
    {
        for (int i = 0; i < m_silences.size(); ++i) {
            QJsonObject silence = m_silences.at(i).toObject();
            if (silence[QStringLiteral("id")].toString() != id || wordOf(id) == QStringLiteral("expired"))
                continue;
            silence[QStringLiteral("status")] = QJsonObject{{QStringLiteral("state"), QStringLiteral("expired")}};
            silence[QStringLiteral("updatedAt")] = nextMoment();
            m_silences[i] = silence;
            ++changes;
        }
    }

private:
    QString nextMoment()
    {
        return QStringLiteral("2026-11-24T03:00:%1.000Z").arg(++m_moment % 60, 2, 10, QLatin1Char('0'));
    }
    QString put(QJsonObject silence)
    {
        QString id = silence[QStringLiteral("id")].toString();
        for (int i = 0; i < m_silences.size(); ++i) {
            const QJsonObject old = m_silences.at(i).toObject();
            if (old[QStringLiteral("id")].toString() != id)
                continue;
            if (wordOf(id) != QStringLiteral("expired") &&
                old[QStringLiteral("startsAt")] == silence[QStringLiteral("startsAt")] &&
                old[QStringLiteral("matchers")] == silence[QStringLiteral("matchers")]) {
                silence[QStringLiteral("status")] = old[QStringLiteral("status")];
                silence[QStringLiteral("updatedAt")] = nextMoment();
                m_silences[i] = silence;
                ++changes;
                return id;
            }
            expire(id);
        }
        id = QStringLiteral("s-%1").arg(m_silences.size() + 1);
        silence[QStringLiteral("id")] = id;
        silence[QStringLiteral("status")] = QJsonObject{{QStringLiteral("state"), QStringLiteral("active")}};
        silence[QStringLiteral("updatedAt")] = nextMoment();
        m_silences.append(silence);
        ++changes;
        m_server.on("/api/v2/silence/" + id.toLatin1(),
                    {{[this](atalaya::test::ServerConnection &connection,
                             const atalaya::test::ReceivedRequest &request) { write(connection, request); }}});
        return id;
    }
    void say(atalaya::test::ServerConnection &connection, int code, const QByteArray &body,
             const QByteArray &type = "application/json") const
    {
        connection.write("HTTP/1.1 " + QByteArray::number(code) + " Status\r\nContent-Type: " + type +
                         "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }
    QByteArray act(const atalaya::test::ReceivedRequest &request)
    {
        if (request.method == "DELETE") {
            expire(QString::fromLatin1(request.path().split('/').last()));
            return {};
        }
        const QString id = put(QJsonDocument::fromJson(request.body).object());
        return QJsonDocument(QJsonObject{{QStringLiteral("silenceID"), id}}).toJson(QJsonDocument::Compact);
    }
    void write(atalaya::test::ServerConnection &connection, const atalaya::test::ReceivedRequest &request)
    {
        ++writes;
        lastBody = request.body;
        lastMethod = request.method;
        switch (fault) {
        case Fault::None:
            say(connection, 200, act(request));
            return;
        case Fault::Hang:
            act(request);
            return;
        case Fault::LostReply:
            act(request);
            connection.close();
            return;
        case Fault::LostRequest:
            connection.close();
            return;
        case Fault::Status:
            say(connection, status, "\"told to\"");
            return;
        case Fault::Html:
            say(connection, 200, "<!doctype html><html><title>Sign in</title></html>", "text/html");
            return;
        case Fault::Empty:
            act(request);
            say(connection, 200, {});
            return;
        }
    }

    atalaya::test::MisbehavingServer &m_server;
    QJsonArray m_silences;
    int m_moment = 0;
};

} // namespace atalaya::alerts::test
