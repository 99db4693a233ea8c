// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/range_popup.h"

#include "widgets/theme/spacing.h"

#include <QtWidgets/QDateTimeEdit>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace atalaya::shell {

using namespace Qt::Literals::StringLiterals;

namespace {

QDateTimeEdit *momentField(const QString &name, const QString &accessible, QWidget *parent)
{
    auto *field = new QDateTimeEdit(parent);
    field->setObjectName(name);
    field->setAccessibleName(accessible);
    field->setCalendarPopup(true);
    field->setDisplayFormat(u"yyyy-MM-dd HH:mm:ss"_s);
    // The field shows wall time of our zone; Qt must not shift it into the machine's.
    field->setTimeSpec(Qt::UTC);
    field->setFixedHeight(theme::fieldHeight);
    field->setMinimumWidth(208);
    return field;
}

} // namespace

RangePopup::RangePopup(const Clock &clock, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_clock(clock)
    , m_from(momentField(u"rangeFrom"_s, tr("From"), this))
    , m_to(momentField(u"rangeTo"_s, tr("To"), this))
    , m_zoneName(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_apply(new QPushButton(tr("Show this range"), this))
{
    setObjectName(u"rangePopup"_s);
    setProperty("surface", u"raised"_s);
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Time range"));

    auto *quick = new QVBoxLayout;
    quick->setSpacing(2);
    for (const auto &[length, name] : quickRanges()) {
        auto *button = new QPushButton(name, this);
        button->setObjectName(u"range%1"_s.arg(length.count() / 60'000));
        button->setProperty("role", u"quiet"_s);
        button->setCheckable(true);
        button->setMinimumWidth(150);
        button->setStyleSheet(u"text-align: left;"_s);
        button->setProperty("milliseconds", static_cast<qlonglong>(length.count()));
        connect(button, &QPushButton::clicked, this, [this, length = length] {
            hide();
            Q_EMIT chosen({length, {}});
        });
        quick->addWidget(button);
        m_quick.append(button);
    }
    quick->addStretch();

    auto *exact = new QVBoxLayout;
    exact->setSpacing(4);
    const auto caption = [this](const QString &text) {
        auto *label = new QLabel(text, this);
        label->setProperty("tone", u"2"_s);
        return label;
    };
    exact->addWidget(caption(tr("From")));
    exact->addWidget(m_from);
    exact->addSpacing(8);
    exact->addWidget(caption(tr("To")));
    exact->addWidget(m_to);
    exact->addSpacing(4);
    m_zoneName->setProperty("tone", u"3"_s);
    exact->addWidget(m_zoneName);
    m_problem->setObjectName(u"rangeProblem"_s);
    m_problem->setProperty("tone", u"warning"_s);
    m_problem->setWordWrap(true);
    m_problem->setMaximumWidth(220);
    exact->addWidget(m_problem);
    exact->addStretch();
    m_apply->setObjectName(u"rangeApply"_s);
    m_apply->setProperty("role", u"primary"_s);
    exact->addWidget(m_apply, 0, Qt::AlignLeft);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(16);
    layout->addLayout(quick);
    layout->addLayout(exact);

    connect(m_from, &QDateTimeEdit::dateTimeChanged, this, &RangePopup::check);
    connect(m_to, &QDateTimeEdit::dateTimeChanged, this, &RangePopup::check);
    connect(m_apply, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT chosen({std::nullopt, {timeIn(m_from), timeIn(m_to)}});
    });
}

void RangePopup::openBelow(QWidget *anchor, const ShownRange &shown, const TimeRange &range, const QTimeZone &zone)
{
    m_zone = zone;
    const auto wall = [&](Timestamp time) {
        const QDateTime local = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), zone);
        return QDateTime(local.date(), local.time(), Qt::UTC);
    };
    m_from->setDateTime(wall(range.from));
    m_to->setDateTime(wall(range.to));
    m_zoneName->setText(tr("Times in %1").arg(QString::fromUtf8(zone.id())));
    for (QPushButton *button : m_quick)
        button->setChecked(shown.trailing && button->property("milliseconds").toLongLong() == shown.trailing->count());
    check();
    adjustSize();
    QPoint corner = anchor->mapToGlobal(QPoint(0, anchor->height() + 4));
    const int overRight =
        corner.x() + width() - (anchor->window()->mapToGlobal(QPoint(anchor->window()->width() - 8, 0)).x());
    corner.rx() -= std::max(0, overRight);
    move(corner);
    show();
    for (QPushButton *button : m_quick) {
        if (button->isChecked())
            button->setFocus(Qt::PopupFocusReason);
    }
}

Timestamp RangePopup::timeIn(const QDateTimeEdit *field) const
{
    const QDateTime wall = field->dateTime();
    return Timestamp(Milliseconds(QDateTime(wall.date(), wall.time(), m_zone).toMSecsSinceEpoch()));
}

void RangePopup::check()
{
    QString problem;
    if (timeIn(m_from) >= timeIn(m_to))
        problem = tr("The start must lie before the end.");
    else if (timeIn(m_from) > m_clock.now())
        problem = tr("The range lies in the future.");
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_apply->setEnabled(problem.isEmpty());
    m_apply->setToolTip(problem);
}

} // namespace atalaya::shell

#include "moc_range_popup.cpp"
