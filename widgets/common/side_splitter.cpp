// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/side_splitter.h"

#include "widgets/theme/spacing.h"

#include <QtCore/QVariant>
#include <QtGui/QShortcut>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFrame>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::common {

SideSplitter::SideSplitter(QWidget *parent)
    : QSplitter(Qt::Horizontal, parent), m_escape(new QShortcut(QKeySequence(Qt::Key_Escape), this))
{
    setChildrenCollapsible(false);
    setHandleWidth(1);
    m_escape->setContext(Qt::WidgetWithChildrenShortcut);
    m_escape->setEnabled(false);
    connect(m_escape, &QShortcut::activated, this, &SideSplitter::closeRequested);
}

void SideSplitter::setPanes(QWidget *page, QWidget *panel, const QString &side)
{
    m_side = new QFrame(this);
    m_side->setObjectName(side);
    m_side->setProperty("surface", u"surface"_s);
    m_side->setMinimumWidth(theme::sidePanelMinimum - 48); // at 1024 px the page needs the room
    m_side->setMaximumWidth(theme::sidePanelMaximum + 80);
    auto *column = new QVBoxLayout(m_side);
    column->setContentsMargins({});
    column->addWidget(panel);
    m_side->hide();
    addWidget(page);
    addWidget(m_side);
    setStretchFactor(0, 1);
    setStretchFactor(1, 0);
}

bool SideSplitter::isPanelOpen() const
{
    return !m_side->isHidden();
}

void SideSplitter::openPanel(int width)
{
    if (isPanelOpen())
        return;
    m_side->show();
    m_escape->setEnabled(true);
    if (m_state.isEmpty() || !restoreState(m_state))
        setSizes({std::max(1, QWidget::width() - width - 1), width});
}

void SideSplitter::closePanel()
{
    if (isPanelOpen())
        m_state = saveState();
    m_side->hide();
    m_escape->setEnabled(false);
}

QByteArray SideSplitter::remembered() const
{
    return isPanelOpen() ? saveState() : m_state;
}

} // namespace atalaya::common

#include "moc_side_splitter.cpp"
