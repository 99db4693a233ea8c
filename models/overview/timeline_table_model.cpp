// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/overview/timeline_table_model.h"

#include "models/base/time_text.h"

#include <QtCore/QDateTime>

namespace atalaya::overview {

using namespace Qt::Literals::StringLiterals;

QString TimelineTableModel::keyOf(const TimelineRow &row) const
{
    switch (row.kind) {
    case TimelineRow::Kind::Event:
        return row.event.key;
    case TimelineRow::Kind::Began:
        return u"\nbegan"_s;
    case TimelineRow::Kind::End:
        break;
    }
    return u"\nend"_s;
}

QVariant TimelineTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const TimelineRow &line = row(index.row());
    if (line.kind != TimelineRow::Kind::Event)
        return role == Qt::DisplayRole || role == Qt::ToolTipRole || role == Qt::AccessibleTextRole
                   ? QVariant(line.text)
                   : QVariant();
    const TimelineEvent &event = line.event;
    switch (role) {
    case Qt::DisplayRole:
        return u"%1 %2"_s.arg(whenText(event.at, m_now, m_zone), event.title);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        const QString moment = QDateTime::fromMSecsSinceEpoch(event.at.time_since_epoch().count(), m_zone)
                                   .toString(u"yyyy-MM-dd HH:mm:ss t"_s);
        return event.text.isEmpty() ? u"%1\n%2"_s.arg(event.title, moment)
                                    : u"%1\n%2\n%3"_s.arg(event.title, event.text, moment);
    }
    case SystemRole:
        return event.system;
    default:
        return {};
    }
}

void TimelineTableModel::show(const QList<TimelineEvent> &newestFirst, std::optional<Timestamp> began,
                              const QSet<int> &hiddenKinds, Timestamp now, const QTimeZone &zone)
{
    const bool zoneChanged = zone != m_zone;
    m_zone = zone;
    m_now = now;
    QList<TimelineRow> rows;
    m_events = 0;
    bool marked = !began;
    const auto mark = [&] {
        rows.append({TimelineRow::Kind::Began, {}, tr("Began %1").arg(whenText(*began, now, zone))});
        marked = true;
    };
    for (const TimelineEvent &event : newestFirst) {
        if (hiddenKinds.contains(static_cast<int>(event.kind)))
            continue;
        if (!marked && event.at < *began)
            mark();
        rows.append({TimelineRow::Kind::Event, event, {}});
        ++m_events;
    }
    if (!marked)
        mark();
    QString end = tr("Nothing else is known to have changed");
    if (m_events == 0)
        end = hiddenKinds.isEmpty() ? tr("Nothing has changed since this window was opened")
                                    : tr("Nothing of these kinds has changed");
    else if (!hiddenKinds.isEmpty())
        end = tr("Nothing else of these kinds is known");
    rows.append({TimelineRow::Kind::End, {}, end});
    reconcile(rows);
    if (zoneChanged && rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0));
}

} // namespace atalaya::overview
