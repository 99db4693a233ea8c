// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/stack/child_process.h"
#include "models/http/transport.h"

#include <QtCore/QMap>
#include <QtCore/QQueue>
#include <QtCore/QUrl>

namespace atalaya::stack {

/// Puts a past into a running Prometheus, beside it: the fleet runs its own simulation ahead of time and writes what
/// scrapes would have seen, promtool makes blocks of it, and whole blocks are moved into the data folder, where
/// Prometheus takes them up within a minute. Between the fleet's start and Prometheus' first scrape the feed scrapes
/// for it, at the same step, so that the past ends exactly where the live samples begin. For a fresh data folder only:
/// a second past over a first would corrupt every counter.
class HistoryFeed final : public QObject
{
    Q_OBJECT
public:
    struct Target
    {
        QString job;
        QString instance;
        QUrl url;
        QString metricsPath;
    };
    struct Plan
    {
        QString fleetProgram;
        QString fleetConfig;
        QString promtool;
        QString workFolder;
        QString dataFolder;
        QString logFile;
        Milliseconds step{};
        Milliseconds span{};
        QList<Target> targets;
    };

    HistoryFeed(http::Transport &transport, Plan plan, QObject *parent = nullptr);

    /// The fleet has just begun: the past ends now.
    void start();
    /// Prometheus answers there; its first scrapes end the feed's own.
    void watchPrometheus(const QUrl &prometheus);
    void stop();
    QList<ChildProcess *> processes() { return {&m_writer, &m_promtool}; }

Q_SIGNALS:
    void progress(const QString &text);
    void written();
    void failed(const atalaya::Error &error);

private:
    struct Scrape
    {
        qsizetype target;
        Timestamp time;
        Milliseconds duration;
        QByteArray exposition;
    };

    void scrapeWhatIsDue();
    void takeScrape(qsizetype target, Timestamp time, const Result<http::HttpResponse> &answer);
    void askForFirstScrapes();
    void takeFirstScrapes(const Result<http::HttpResponse> &answer);
    void writeJoint();
    void takeWriterLine(const QByteArray &line);
    void makeNextBlocks();
    void takeBlocks(const Error &error);
    void finishWhenDone();
    void fail(const Error &error);

    http::Transport &m_transport;
    Plan m_plan;
    ChildProcess m_writer;
    ChildProcess m_promtool;
    QTimer m_scrapeTimer;
    QTimer m_watchTimer;
    QUrl m_prometheus;
    Timestamp m_begin{};
    QList<Scrape> m_scrapes;
    QList<bool> m_isScraping; ///< by target, as the two below
    QList<Timestamp> m_lastScrape;
    QMap<qsizetype, Timestamp> m_firstLive;
    QQueue<QString> m_pieces;
    QString m_pieceUnderWay;
    int m_pieceCount = 0;
    bool m_isWriterDone = false;
    bool m_isJointWritten = false;
    bool m_isOver = false;
};

/// For each target (job and instance) that has a live `up` sample after `begin` in the answer of
/// `/api/v1/query?query=up[...]`, the time of the first one. Malformed when it is not such an answer.
Result<QMap<std::pair<QString, QString>, Timestamp>> firstScrapes(const QByteArray &answer, Timestamp begin);

} // namespace atalaya::stack
