// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/keyed_table_model.h"
#include "models/overview/system_summary.h"

#include <QtCore/QTimeZone>

namespace atalaya::overview {

/// A line of the timeline panel: an event, the mark where what is abnormal now began, or the sentence at the end.
struct TimelineRow
{
    enum class Kind
    {
        Event,
        Began,
        End
    };
    Kind kind = Kind::Event;
    TimelineEvent event;
    QString text; ///< of Began and End

    bool operator==(const TimelineRow &) const = default;
};

/// Events newest first with the mark of the beginning between them; kinds can be left out.
class TimelineTableModel final : public KeyedTableModel<TimelineRow, QString>
{
public:
    static constexpr int SystemRole = Qt::UserRole + 1;
    using KeyedTableModel::KeyedTableModel;

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 1; }
    QVariant data(const QModelIndex &index, int role) const override;

    void show(const QList<TimelineEvent> &newestFirst, std::optional<Timestamp> began, const QSet<int> &hiddenKinds,
              Timestamp now, const QTimeZone &zone);
    int eventCount() const { return m_events; }

protected:
    QString keyOf(const TimelineRow &row) const override;

private:
    QTimeZone m_zone = QTimeZone::utc();
    Timestamp m_now{};
    int m_events = 0;
};

} // namespace atalaya::overview
