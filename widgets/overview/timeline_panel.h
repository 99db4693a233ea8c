// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/overview/overview_store.h"

#include <QtCore/QSet>
#include <QtCore/QTimeZone>
#include <QtWidgets/QFrame>

class QListView;
class QPushButton;

namespace atalaya::overview {

class TimelineTableModel;

/// What changed, newest first, with the moment at which the trouble of now began.
class TimelinePanel final : public QFrame
{
    Q_OBJECT
public:
    TimelinePanel(const OverviewStore &store, const Clock &clock, const QTimeZone &zone, QWidget *parent = nullptr);

    void refresh();
    void setTimeZone(const QTimeZone &zone);

Q_SIGNALS:
    /// A line was chosen: the page where more is to be seen ("alerts", "breakers", "health", "flags") and its system.
    void eventChosen(const QString &page, const QString &system);

private:
    void choose(int row);
    void nameKinds();

    const OverviewStore &m_store;
    const Clock &m_clock;
    QTimeZone m_zone;
    QSet<int> m_hidden;
    TimelineTableModel *m_model;
    QListView *m_view;
    QPushButton *m_kinds;
};

/// "alerts" for an alert's line, and so on; a source's line leads to "health".
QString pageOf(const TimelineEvent &event);

} // namespace atalaya::overview
