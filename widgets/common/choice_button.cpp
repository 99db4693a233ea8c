// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/choice_button.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QSignalBlocker>
#include <QtCore/QVariant>
#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QMenu>
#include <QtWidgets/QWidgetAction>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::common {

namespace {

constexpr qreal choicePadding = 10;
constexpr qreal choiceChevron = 12;
constexpr qreal choiceGap = 6; ///< between label and what is chosen

} // namespace

ChoiceButton::ChoiceButton(const QString &label, QWidget *parent)
    : QToolButton(parent), m_label(label), m_menu(new QMenu(this))
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_menu->setObjectName(u"choices"_s);
    setMenu(m_menu);
    setPopupMode(QToolButton::InstantPopup);
    connect(m_menu, &QMenu::aboutToShow, this, &ChoiceButton::fillMenu);
    updateWords();
}

void ChoiceButton::setChoices(const QList<Choice> &choices)
{
    if (choices == m_choices)
        return;
    m_choices = choices;
    QStringList kept;
    for (const QString &key : std::as_const(m_current)) {
        if (std::any_of(m_choices.cbegin(), m_choices.cend(), [&](const Choice &choice) { return choice.key == key; }))
            kept.append(key);
    }
    if (kept.isEmpty() && !m_choices.isEmpty())
        kept.append(m_choices.first().key);
    m_current = kept;
    updateWords();
}

void ChoiceButton::setCurrent(const QString &key)
{
    setCurrent(QStringList{key});
}

void ChoiceButton::setCurrent(const QStringList &keys)
{
    if (keys != m_current) {
        m_current = keys;
        updateWords();
    }
    // An open menu of several follows: ticking "all" unticks the others.
    for (QCheckBox *box : m_menu->findChildren<QCheckBox *>()) {
        const QSignalBlocker quiet(box);
        box->setChecked(m_current.contains(box->property("key").toString()));
    }
}

QString ChoiceButton::shownText() const
{
    QStringList texts;
    for (const QString &key : m_current) {
        const auto found =
            std::find_if(m_choices.cbegin(), m_choices.cend(), [&](const Choice &choice) { return choice.key == key; });
        texts.append(found == m_choices.cend() ? key : found->text);
    }
    return texts.join(u", "_s);
}

void ChoiceButton::updateWords()
{
    const QString shown = shownText();
    setAccessibleName(m_label.isEmpty() ? shown : m_label + u' ' + shown);
    setToolTip(accessibleName());
    updateGeometry();
    update();
}

void ChoiceButton::fillMenu()
{
    m_menu->clear();
    for (const Choice &choice : std::as_const(m_choices)) {
        if (m_multiple) {
            // A plain action would close the menu at each tick.
            auto *box = new QCheckBox(choice.text, m_menu);
            box->setProperty("key", choice.key);
            box->setChecked(m_current.contains(choice.key));
            box->setContentsMargins(8, 4, 8, 4);
            auto *row = new QWidgetAction(m_menu);
            row->setDefaultWidget(box);
            connect(box, &QCheckBox::toggled, this, [this, key = choice.key](bool checked) { take(key, checked); });
            m_menu->addAction(row);
            continue;
        }
        QAction *action = m_menu->addAction(choice.text);
        action->setCheckable(true);
        action->setChecked(choice.key == current());
        connect(action, &QAction::triggered, this, [this, key = choice.key] { take(key, true); });
    }
    m_menu->setMinimumWidth(width());
}

void ChoiceButton::take(const QString &key, bool checked)
{
    QStringList keys = m_current;
    if (!m_multiple)
        keys = {key};
    else if (checked && !keys.contains(key))
        keys.append(key);
    else if (!checked)
        keys.removeAll(key);
    if (keys == m_current)
        return;
    m_current = keys;
    updateWords();
    Q_EMIT chosen(current());
    Q_EMIT choicesMade(m_current);
}

QSize ChoiceButton::sizeHint() const
{
    const QFontMetricsF medium(theme::font(theme::TextSize::Body, QFont::Medium));
    qreal width = 2 * choicePadding + 8 + choiceChevron + medium.horizontalAdvance(shownText());
    if (!m_label.isEmpty())
        width += QFontMetricsF(theme::font()).horizontalAdvance(m_label) + choiceGap;
    return {static_cast<int>(std::ceil(width)), theme::buttonHeight};
}

QSize ChoiceButton::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 72), theme::buttonHeight};
}

void ChoiceButton::paintEvent(QPaintEvent *)
{
    using theme::Token;
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const bool isHovered = underMouse() && isEnabled();
    theme::paintSurface(painter, rect(), theme::fieldRadius,
                        look.color(isDown()    ? Token::Selected
                                   : isHovered ? Token::Hover
                                               : Token::Surface),
                        look.color(isHovered ? Token::LineStrong : Token::Line));
    QRectF area = QRectF(rect()).adjusted(choicePadding, 0, -choicePadding, 0);
    theme::paintIcon(painter, theme::Icon::ChevronDown,
                     QRectF(area.right() - choiceChevron, area.center().y() - 6, 12, 12),
                     look.color(isEnabled() ? Token::Text2 : Token::Disabled));
    area.setRight(area.right() - choiceChevron - 4);
    if (!m_label.isEmpty())
        area.setLeft(area.left() + choiceGap +
                     theme::paintText(painter, area, m_label, theme::font(),
                                      look.color(isEnabled() ? Token::Text3 : Token::Disabled)));
    theme::paintText(painter, area, shownText(), theme::font(theme::TextSize::Body, QFont::Medium),
                     look.color(isEnabled() ? Token::Text1 : Token::Disabled));
    if (hasFocus())
        theme::paintFocusRing(painter, QRectF(rect()).adjusted(1, 1, -1, -1), theme::fieldRadius, look);
}

} // namespace atalaya::common

#include "moc_choice_button.cpp"
