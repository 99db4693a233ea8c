// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/panel_status.h"

#include "models/base/time_text.h"

#include <QtCore/QCoreApplication>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace atalaya::dashboards {

namespace {

struct StatusWords
{
    Q_DECLARE_TR_FUNCTIONS(PanelStatus)
};

} // namespace

QString askedAge(Milliseconds age)
{
    const qint64 tenths = std::max<qint64>(0, age.count()) / 100;
    return tenths < 100 ? u"%1.%2 s"_s.arg(tenths / 10).arg(tenths % 10) : ageText(age);
}

PanelStatus panelStatus(const QList<PanelQueries::Answer> &answers, Timestamp now, const QTimeZone &zone,
                        Milliseconds usual)
{
    PanelStatus status;
    bool anyData = false, anyPoint = false, anyWaiting = false, anyStale = false;
    std::optional<Error> error;
    Timestamp askedAt = now, failingSince{};
    QStringList warnings;
    for (const PanelQueries::Answer &answer : answers) {
        const Snapshot<metrics::QueryResult> &snapshot = answer.snapshot;
        if (snapshot.data) {
            anyData = true;
            anyPoint = anyPoint || !snapshot.data->series.empty();
            status.lastGood = status.lastGood ? std::min(*status.lastGood, snapshot.fetchedAt) : snapshot.fetchedAt;
            anyStale = anyStale || snapshot.freshness(now) == Freshness::Stale;
            warnings += snapshot.data->warnings;
            if (snapshot.data->nativeHistograms > 0)
                warnings.append(
                    StatusWords::tr("%1 series left out: native histograms only").arg(snapshot.data->nativeHistograms));
        } else if (!snapshot.error) {
            anyWaiting = true;
            if (snapshot.askedAt != Timestamp{})
                askedAt = std::min(askedAt, snapshot.askedAt);
        }
        if (snapshot.error && !error) {
            error = snapshot.error;
            failingSince = snapshot.failingSince;
        }
    }
    status.warning = warnings.join(u"; "_s);

    if (error) {
        const QString why = wordsFor(error->kind);
        status.serverWords = error->serverWords.isEmpty() ? error->summary : error->serverWords;
        if (anyData) {
            status.kind = PanelStatus::Kind::Stale;
            status.state = State::Stale;
            status.word = StatusWords::tr("%1, last good data %2").arg(why, clockText(*status.lastGood, zone));
        } else {
            status.kind = PanelStatus::Kind::Failed;
            status.state = State::Warning;
            status.word = failingSince == Timestamp{} || now - failingSince < 1s
                              ? why
                              : StatusWords::tr("%1, for %2").arg(why, ageText(now - failingSince));
        }
        return status;
    }
    if (anyWaiting) {
        const Milliseconds waited = now - askedAt;
        const bool slow = waited > std::max<Milliseconds>(3 * usual, 3s);
        status.kind = slow ? PanelStatus::Kind::Slow : PanelStatus::Kind::Waiting;
        status.state = State::Pending;
        status.word = slow ? StatusWords::tr("asked %1 ago, slow").arg(askedAge(waited))
                           : StatusWords::tr("asked %1 ago").arg(askedAge(waited));
        return status;
    }
    if (anyStale) {
        status.kind = PanelStatus::Kind::Stale;
        status.state = State::Stale;
        status.word = StatusWords::tr("last good data %1").arg(clockText(*status.lastGood, zone));
        return status;
    }
    if (!anyPoint && !answers.isEmpty()) {
        status.kind = PanelStatus::Kind::Empty;
        status.state = State::Info;
    }
    return status;
}

} // namespace atalaya::dashboards
