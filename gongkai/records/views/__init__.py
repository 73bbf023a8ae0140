"""政府信息的页面:公众一侧 public,工作台一侧 desk(清单)、edit(起草)、steps(审核、撤下)、duties(目录、评估)。"""
