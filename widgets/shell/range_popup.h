// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "widgets/shell/range_text.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QFrame>

class QDateTimeEdit;
class QLabel;
class QPushButton;

namespace atalaya::shell {

/// The time range menu: quick ranges at the left, an absolute range by calendar at the right.
class RangePopup final : public QFrame
{
    Q_OBJECT
public:
    RangePopup(const Clock &clock, QWidget *parent);

    /// Opens below `anchor`, with the fields on `range`.
    void openBelow(QWidget *anchor, const ShownRange &shown, const TimeRange &range, const QTimeZone &zone);

Q_SIGNALS:
    void chosen(const atalaya::shell::ShownRange &range);

private:
    void check();
    Timestamp timeIn(const QDateTimeEdit *field) const;

    const Clock &m_clock;
    QTimeZone m_zone;
    QList<QPushButton *> m_quick;
    QDateTimeEdit *m_from;
    QDateTimeEdit *m_to;
    QLabel *m_zoneName;
    QLabel *m_problem;
    QPushButton *m_apply;
};

} // namespace atalaya::shell
