"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

public: list = []
desk: list = []
