// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/choice_button.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QMenu>
#include <QtWidgets/QWidgetAction>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::common {

ChoiceButton::ChoiceButton(const QString &label, QWidget *parent)
    : DropButton(label, parent), m_label(label), m_menu(new QMenu(this))
{
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
    if (keys == m_current)
        return;
    m_current = keys;
    updateWords();
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
    setValue(shown);
    setAccessibleName(m_label.isEmpty() ? shown : m_label + u' ' + shown);
    setToolTip(accessibleName());
}

void ChoiceButton::fillMenu()
{
    m_menu->clear();
    for (const Choice &choice : std::as_const(m_choices)) {
        if (m_multiple) {
            // A plain action would close the menu at each tick.
            auto *box = new QCheckBox(choice.text, m_menu);
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

} // namespace atalaya::common
