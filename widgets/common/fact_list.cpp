// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/fact_list.h"

#include "widgets/common/hairline.h"
#include "widgets/common/text_label.h"

#include <QtWidgets/QGridLayout>

namespace atalaya::common {

FactList::FactList(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnMinimumWidth(0, 64);
    m_grid->setColumnStretch(1, 1);
}

void FactList::addFact(const QString &name, const QString &value, bool mono)
{
    QLabel *label = textLabel(value, mono ? theme::TextSize::Small : theme::TextSize::Body, QFont::Normal, Tone::Text1);
    if (mono)
        label->setFont(theme::monoFont());
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addFact(name, label);
}

void FactList::addFact(const QString &name, QWidget *value)
{
    QLabel *caption = textLabel(name, theme::TextSize::Body, QFont::Normal, Tone::Text3);
    const int row = m_rows * 2;
    m_grid->addWidget(caption, row, 0, Qt::AlignTop);
    m_grid->addWidget(value, row, 1);
    if (m_ruled)
        m_grid->addWidget(new Hairline(Qt::Horizontal, this), row + 1, 0, 1, 2);
    ++m_rows;
}

void FactList::clear()
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_rows = 0;
}

void FactList::setRuled(bool ruled)
{
    m_ruled = ruled;
    m_grid->setVerticalSpacing(ruled ? 6 : 4);
}

} // namespace atalaya::common
