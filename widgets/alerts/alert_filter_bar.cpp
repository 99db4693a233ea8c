// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/alert_filter_bar.h"

#include "widgets/alerts/matcher_field.h"
#include "widgets/common/choice_button.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;
using theme::Token;

namespace {

constexpr AlertState everyState[] = {AlertState::Firing, AlertState::Pending, AlertState::Silenced,
                                     AlertState::Inhibited};

} // namespace

AlertFilterBar::AlertFilterBar(QWidget *parent)
    : QWidget(parent)
    , m_frame(new QWidget(this))
    , m_field(new MatcherField(m_frame))
    , m_counts(new QLabel(m_frame))
    , m_fault(new QLabel(this))
    , m_clear(new QPushButton(m_frame))
    , m_groupButton(new common::ChoiceButton(tr("Group"), this))
    , m_stateButton(new common::ChoiceButton(tr("Show"), this))
{
    setObjectName(u"alertFilterBar"_s);
    m_frame->setFixedHeight(theme::buttonHeight + 2);
    m_counts->setObjectName(u"alertCounts"_s);
    m_counts->setProperty("tone", u"3"_s);
    m_counts->setFont(theme::font(theme::TextSize::Small));
    m_clear->setObjectName(u"clearFilter"_s);
    m_clear->setProperty("role", u"quiet"_s);
    m_clear->setProperty("size", u"small"_s);
    m_clear->setIcon(theme::icon(theme::Icon::Close));
    m_clear->setIconSize(QSize(12, 12));
    m_clear->setFixedWidth(24);
    m_clear->setToolTip(tr("Clear the filter (Esc)"));
    m_clear->setAccessibleName(tr("Clear the filter"));
    m_clear->hide();
    auto *inner = new QHBoxLayout(m_frame);
    inner->setContentsMargins(34, 0, 8, 0);
    inner->setSpacing(8);
    inner->addWidget(m_field, 1, Qt::AlignVCenter);
    inner->addWidget(m_counts);
    inner->addWidget(m_clear);

    m_groupButton->setObjectName(u"groupButton"_s);
    m_stateButton->setObjectName(u"stateButton"_s);
    QList<common::ChoiceButton::Choice> states{{QString(), tr("all states")}, {u"active"_s, tr("firing and pending")}};
    for (const AlertState state : everyState)
        states.append({stateWord(state), stateWord(state)});
    m_stateButton->setChoices(states);
    m_groupButton->setMinimumWidth(118);
    m_stateButton->setMinimumWidth(118);
    m_fault->setObjectName(u"filterFault"_s);
    m_fault->setProperty("tone", u"critical"_s);
    m_fault->setFont(theme::font(theme::TextSize::Small));
    m_fault->hide();

    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_frame, 1);
    row->addWidget(m_groupButton);
    row->addWidget(m_stateButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::pagePadding, 8, theme::pagePadding, 8);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_fault);

    connect(m_field, &MatcherField::textChanged, this, &AlertFilterBar::read);
    connect(m_field, &MatcherField::submitted, this, &AlertFilterBar::submitted);
    connect(m_clear, &QPushButton::clicked, this, &AlertFilterBar::clear);
    connect(m_groupButton, &common::ChoiceButton::chosen, this, &AlertFilterBar::setGroupLabel);
    connect(m_stateButton, &common::ChoiceButton::chosen, this, [this](const QString &key) {
        m_states.clear();
        for (const AlertState state : everyState) {
            if (key == stateWord(state) ||
                (key == u"active" && (state == AlertState::Firing || state == AlertState::Pending)))
                m_states.insert(state);
        }
        Q_EMIT statesChanged(m_states);
    });
    m_field->installEventFilter(this);
    setKnownLabels({});
}

QString AlertFilterBar::text() const
{
    return m_field->text();
}

void AlertFilterBar::setText(const QString &text)
{
    m_field->setText(text);
}

void AlertFilterBar::setCounts(const QString &counts)
{
    m_counts->setText(counts);
}

void AlertFilterBar::setGroupLabel(const QString &label)
{
    if (label == m_group)
        return;
    m_group = label;
    m_groupButton->setCurrent(label);
    Q_EMIT groupLabelChanged(label);
}

bool AlertFilterBar::isFiltering() const
{
    return !m_field->text().trimmed().isEmpty() || !m_states.isEmpty();
}

void AlertFilterBar::clear()
{
    m_field->setText({});
    if (!m_states.isEmpty()) {
        m_states.clear();
        m_stateButton->setCurrent(QString());
        Q_EMIT statesChanged(m_states);
    }
}

void AlertFilterBar::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void AlertFilterBar::read()
{
    qsizetype faultAt = -1;
    const auto matchers = parseMatchers(m_field->text(), &faultAt);
    m_clear->setVisible(!m_field->text().isEmpty());
    m_field->markFault(matchers ? -1 : faultAt);
    m_fault->setVisible(!matchers);
    m_frame->update();
    if (!matchers) {
        m_fault->setText(tr("Character %1: %2. The list still shows the last filter that was right.")
                             .arg(faultAt + 1)
                             .arg(matchers.error().summary));
        return;
    }
    Q_EMIT matchersChanged(*matchers);
}

void AlertFilterBar::setKnownLabels(const QStringList &labels)
{
    QStringList names{u"system"_s, u"severity"_s, u"component"_s, u"alertname"_s, u"instance"_s};
    for (const QString &label : labels) {
        if (!names.contains(label))
            names += label;
    }
    if (!m_group.isEmpty() && !names.contains(m_group))
        names += m_group;
    QList<common::ChoiceButton::Choice> choices;
    for (const QString &name : std::as_const(names))
        choices.append({name, name});
    choices.append({QString(), tr("no label")});
    m_groupButton->setChoices(choices);
    m_groupButton->setCurrent(m_group);
}

void AlertFilterBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // The counts stand in the page's head too; a narrow bar leaves the room to the field.
    m_counts->setVisible(width() >= 640);
}

bool AlertFilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut))
        update();
    return QWidget::eventFilter(watched, event);
}

void AlertFilterBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const QRectF box = m_frame->geometry();
    const bool wrong = m_fault->isVisibleTo(this);
    theme::paintSurface(painter, box, theme::fieldRadius, look.color(Token::Surface),
                        look.color(wrong ? Token::Critical : Token::Line));
    if (m_field->hasFocus())
        theme::paintFocusRing(painter, box.adjusted(1, 1, -1, -1), theme::fieldRadius - 1, look);
    theme::paintIcon(painter, theme::Icon::Filter, QRectF(box.left() + 10, box.center().y() - 8, 16, 16),
                     look.color(Token::Text2));
    theme::paintHairline(painter, QPointF(0, height() - 1), width(), Qt::Horizontal, look.color(Token::Line));
}

} // namespace atalaya::alerts

#include "moc_alert_filter_bar.cpp"
